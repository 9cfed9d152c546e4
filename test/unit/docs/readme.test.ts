import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/commands/table.ts';
import { ROOT } from '../../bin/run.ts';
import { flawsIn } from '../client/messages/hint-commands.ts';

const COMMANDS = await allCommands();

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');
const ENGLISH = read('README.md');
const CHINESE = read('README-CN.md');

/** The blocks of code of a page, without comments: `sh` commands and what is in YAML files. */
function blocksOf(page: string): string[][] {
  return Array.from(page.matchAll(/^```(?:sh|yaml)\n(.*?)^```/gms), ([, block = '']) =>
    block.split('\n').flatMap((line) => line.replace(/(?:^|\s+)#.*$/, '').trimEnd() || []),
  );
}

/** The first cells of the rows of all tables. */
const firstCells = (page: string): string[] =>
  Array.from(page.matchAll(/^\| (`.*?`|\d[\d, ]*) \|(?! *-)/gm), ([, cell = '']) => cell);

const commandsOf = (page: string): string[] =>
  [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, ''))
      .filter((line) => line !== ''),
  );

describe('README-CN.md', () => {
  it('has the commands, cases and CI files of README.md', () => {
    expect(blocksOf(CHINESE)).toEqual(blocksOf(ENGLISH));
    expect(blocksOf(ENGLISH).flat().length).toBeGreaterThan(40);
  });

  it('has the rows of its tables', () => {
    expect(firstCells(CHINESE)).toEqual(firstCells(ENGLISH));
  });

  it('names in its text no command and no file that README.md does not name', () => {
    const named = (page: string) => new Set(page.match(/`[^`\n]+`|\]\([^)]+\)/g));
    const known = named(ENGLISH).add('](README.md)');
    expect([...named(CHINESE)].filter((one) => !known.has(one))).toEqual([]);
  });
});

describe('README.md', () => {
  it('has each command in its table', () => {
    const cells = firstCells(ENGLISH).join();
    const missing = COMMANDS.map(({ name }) => name.split(' ')).filter(
      ([first = '', second = '']) => !new RegExp(`\`${first} ?[^\`]*${second}`).test(cells),
    );
    expect(missing).toEqual([]);
  });

  it.each(['README.md', 'docs/cases.md', 'docs/deploying.md', 'docs/packing.md', 'docs/sdk.md'])(
    '%s shows no command and no flag that kplugin does not have',
    (page) => {
      const inline = [...read(page).matchAll(/`(kplugin [a-z][^`\n]*)`/g)];
      const commands = [...commandsOf(read(page)), ...inline.map(([, command = '']) => command)];
      expect(commands.flatMap((one) => flawsIn(one))).toEqual([]);
      expect(commands).not.toEqual([]);
    },
  );

  it('starts what goes on until Ctrl-C in a block of its own, before what needs it', () => {
    const blocks = blocksOf(ENGLISH);
    const endless = blocks.filter((block) =>
      block.some((line) => line.startsWith('kplugin serve')),
    );
    expect(endless).toEqual([['kplugin serve']]);
    const commands = blocks.flat();
    const at = (start: string) => commands.findIndex((line) => line.startsWith(start));
    expect(at('kplugin serve')).toBeLessThan(at('kplugin install'));
  });
});
