import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/table.ts';
import { ROOT } from '../../bin/run.ts';
import { bareValues } from './bare.ts';

const NAMES = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? name))];

/** Values that are kplugin's own words, or were quoted where they were made; `file: value`. */
const FINE: ReadonlySet<string> = new Set([
  // Sentences that only look like a command.
  'cli/actions/test.ts: file',
  'cli/dev/open-project.ts: file',
  'cli/serve/choose-python.ts: flag',
  'cli/serve/plugin-environment.ts: name',
  'host/unpack/place.ts: goQuote(way)',
  // Words of kplugin's own: flags, numbers, kinds, rules, checks, versions of eKuiper.
  'server/listening.ts: flag',
  'server/symbols/control-body.ts: TEXT_LIMITS.jsonDepth',
  'server/listening.ts: listen.port',
  'cases/read/decode-file.ts: kind',
  'cli/actions/explain.ts: id',
  "cli/actions/remove.ts: force ? ' --force' : ''",
  'cli/deploy/rollout-outcome.ts: failed',
  'cli/actions/schema.ts: meant',
  'cli/cases/asked.ts: meant',
  'cli/serve/checked.ts: target',
  'cli/validate/report.ts: worst?.rule',
  'deploy/install/gate.ts: info.target',
  'deploy/install/notes.ts: LOST',
  'cli/doctor/project/findings.ts: target',
  'cli/doctor/project/node-sdk.ts: SDK_PACKAGE',
  'deploy/doctor/checks/sample-key.ts: SAMPLE_KEY',
  'lint/rules/metadata/metadata-about-missing.ts: kind',
  'lint/rules/symbols/symbol-file-missing.ts: symbol.kind',
  // Names that the settings allow: letters, digits, dots and dashes.
  'cli/hosts/choose.ts: meant',
  "cli/hosts/choose.ts: HOST_NAME.test(group) ? group : '<group>'",
  "cli/hosts/known-host.ts: HOST_NAME.test(name) ? name : '<name>'",
  // Labels of kplugin's own table of encodings.
  'lint/rules/package/entry-name-encoding.ts: or',
  // Made of shellWord a few lines above.
  'cli/actions/validate.ts: place',
  'cli/deploy/again-text.ts: named',
  'cli/deploy/diff-installed-text.ts: before',
  'cli/deploy/diff-installed-text.ts: after',
  'cli/validate/open-plugin.ts: at(folder)',
  "deploy/install/gate.ts: /\\.zip$/i.test(source) || isUrl(source) ? '<dir>' : sourceArgument(source)",
  "deploy/messages/row.ts: context.source ?? '<dir|zip>'",
  'deploy/messages/row.ts: source',
  "deploy/messages/rule-rows.ts: context.source ?? '<dir|zip>'",
  "deploy/messages/start-rows.ts: context.source ?? '<dir|zip>'",
  "deploy/messages/start-rows.ts: context.source ?? '<dir>'",
  'cli/actions/host/keygen.ts: key',
  'cli/actions/host/keygen.ts: source',
  'cli/actions/host/keygen.ts: file',
  'cli/doctor/machine/python.ts: place',
  "cli/doctor/machine/sockets.ts: named.map(shellWord).join(' ')",
  'cli/doctor/project/executable.ts: place',
  'cli/doctor/project/findings.ts: place',
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
