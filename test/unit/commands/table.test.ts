import { expect, it } from 'vitest';
import { allCommands, COMMAND_NAMES, commandsOf } from '../../../src/commands/table.ts';

const namesOf = (commands: readonly { readonly name: string }[]) =>
  commands.map(({ name }) => name);

it('each row has the name of its declaration', async () => {
  expect(namesOf(await allCommands())).toEqual(COMMAND_NAMES);
});

it.each([
  ['pack', ['pack']],
  [
    'host',
    ['add', 'list', 'show', 'test', 'use', 'remove', 'keygen'].map((word) => `host ${word}`),
  ],
  ['hos', []],
  [undefined, []],
])('loads the commands that begin with %j', async (word, names) => {
  expect(namesOf(await commandsOf(word))).toEqual(names);
});
