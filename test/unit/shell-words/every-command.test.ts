import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { allCommands } from '../../../src/commands/table.ts';
import { ROOT } from '../../bin/run.ts';
import { bareValues } from './bare.ts';

const COMMANDS = await allCommands();

const NAMES = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? name))];

/** Values that are kplugin's own words, or were quoted where they were made; `file: value`. */
const FINE: ReadonlySet<string> = new Set([
  // Sentences that only look like a command.
  'commands/test/run.ts: file',
  'commands/dev/develop.ts: file',
  'commands/serve/plugin-environment.ts: name',
  'emulator/runtime/unpack/place.ts: goQuote(way)',
  // Words of kplugin's own: flags, numbers, kinds, rules, checks, versions of eKuiper.
  'emulator/http/listening.ts: flag',
  'emulator/symbols/symbol-body.ts: TEXT_LIMITS.jsonDepth',
  'emulator/http/listening.ts: listen.port',
  'testing/read/decode-file.ts: kind',
  'commands/explain/run.ts: id',
  'commands/explain/explanation.ts: code',
  'cli/failure.ts: code',
  "commands/remove/removal.ts: force ? ' --force' : ''",
  'fleet/rollout-outcome.ts: failed',
  'commands/schema/run.ts: meant',
  'commands/test/options.ts: meant',
  'commands/serve/named-plugin.ts: target',
  'commands/validate/run.ts: worst?.rule',
  'deploy/install/gate.ts: info.target',
  'deploy/install/notes.ts: LOST',
  'doctor/project-checks.ts: target',
  'doctor/host/checks/access.ts: SAMPLE_KEY',
  'lint/rules/metadata/metadata-about-missing.ts: kind',
  'lint/rules/symbols/symbol-file-missing.ts: symbol.kind',
  // Names that the settings allow: letters, digits, dots and dashes.
  'hosts/choose.ts: meant',
  "hosts/choose.ts: HOST_NAME.test(group) ? group : '<group>'",
  "hosts/choose.ts: HOST_NAME.test(name) ? name : '<name>'",
  // Labels of kplugin's own table of encodings.
  'lint/rules/package/entry-name-encoding.ts: or',
  // Made of fileWord in commands/serve/pythons.ts.
  'emulator/runtime/run/first-handshake.ts: other',
  // Made of shellWord a few lines above.
  'lint/rules/package/entry-name-encoding.ts: file',
  "lint/rules/package/zip-ambiguous.ts: view.isPiped === true ? '-' : fileWord(view.label)",
  'commands/validate/run.ts: place',
  'commands/diff/text/diff-hosts-view.ts: before',
  'commands/diff/text/diff-hosts-view.ts: after',
  'cli/open-plugin.ts: at(folder)',
  "deploy/install/gate.ts: /\\.zip$/i.test(source) || isUrl(source) ? '<dir>' : sourceArgument(source)",
  "client/messages/rows/row.ts: context.source ?? '<dir|zip>'",
  'client/messages/rows/row.ts: source',
  "client/messages/rows/rule-rows.ts: context.source ?? '<dir|zip>'",
  "client/messages/rows/start-rows.ts: context.source ?? '<dir|zip>'",
  "client/messages/rows/start-rows.ts: context.source ?? '<dir>'",
  'commands/host/keygen/run.ts: key',
  'commands/host/keygen/run.ts: source',
  'commands/host/keygen/run.ts: file',
  'doctor/machine/python.ts: place',
  "doctor/machine/running.ts: named.map(shellWord).join(' ')",
  'doctor/project-checks.ts: place',
]);

it('every value in a command that people copy is one word for the shell', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const bare = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      bareValues(readFileSync(path.join(ROOT, 'src', file), 'utf8'), NAMES).map(
        ({ value }) => `${file}: ${value}`,
      ),
    );
  expect(bare.filter((one) => !FINE.has(one))).toEqual([]);
  // Whoever is fine no longer leaves the list.
  expect([...FINE].filter((one) => !bare.includes(one))).toEqual([]);
});

/** `‹x›` stands for a value in a template. */
it.each([
  ['kplugin restart ‹name›', ['name']],
  ['look at it: kplugin describe ‹name› --host ‹shellWord(host)›', ['name']],
  ['curl ‹url›/x', ['url']],
  ['‹a› is there; kplugin list says ‹b›, or ‹c›', ['b']],
  ['leave out --force ‹x›', ['x']],
  ['kplugin restart ‹shellWord(name)›', []],
  ['kplugin install and pack: ‹what›', []],
  ['kplugin signs ‹what›', []],
])('%s', (text, expected) => {
  const source = `\`${text.replaceAll('‹', '$' + '{').replaceAll('›', '}')}\``;
  expect(bareValues(source, NAMES).map(({ value }) => value)).toEqual(expected);
});
