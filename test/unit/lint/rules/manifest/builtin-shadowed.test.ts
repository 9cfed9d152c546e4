import { expect, test } from 'vitest';
import { builtinShadowed } from '../../../../../src/lint/rules/manifest/builtin-shadowed.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['sources', 'psrc', '2.4' as const, undefined],
  ['sources', 'mqtt', '2.4' as const, 'every build'],
  ['sources', 'MQTT', '2.4' as const, undefined],
  ['sources', 'nexmark', '2.2' as const, undefined],
  ['sources', 'nexmark', '2.3' as const, 'every build'],
  ['sources', 'kafka', '2.4' as const, 'the "full" builds'],
  ['sources', 'redisSub', '2.4' as const, 'every build but the "core" one'],
  ['sources', 'random', '1.14' as const, 'the "full" builds'],
  ['sources', 'random', '2.0' as const, undefined],
  ['sinks', 'file', '2.4' as const, 'every build'],
  ['sinks', 'httppull', '2.4' as const, undefined],
  ['sinks', 'sse', '2.3' as const, undefined],
  ['sinks', 'sse', '2.4' as const, 'every build'],
  ['functions', 'Concat', '2.4' as const, 'every build'],
  ['functions', 'median', '2.1' as const, undefined],
  ['functions', 'median', '2.2' as const, 'every build'],
  ['functions', 'tumblingwindow', '1.14' as const, 'every build'],
  ['functions', 'compress', '1.14' as const, 'every build'],
])('%s %s on %s', async (list, name, target, where) => {
  const files = withManifest({ [list]: [name] });
  const [found] = await findingsOf(builtinShadowed, { files }, target);
  expect(/^In (.*) the plugin's/.exec(found?.effect ?? '')?.[1]).toBe(where);
});

const NEVER = `In every build the plugin's "file" is never used`;
const DELETES = `${NEVER}; removing the plugin deletes etc/s`;

test.each([
  ['1.14' as const, 'sinks', { 'sinks/file.json': '{}' }, NEVER],
  ['2.4' as const, 'sinks', {}, `${DELETES}inks/file.json`],
  [
    '2.4' as const,
    'sinks',
    { 'sinks/file.json': '{}' },
    `${NEVER}; installing overwrites etc/sinks/file.json, removing deletes it`,
  ],
  [
    '2.0' as const,
    'sources',
    { 'sources/file.json': '{}', 'sources/file.yaml': '' },
    `${NEVER}; installing overwrites etc/sources/file.json and etc/sources/file.yaml, removing deletes them`,
  ],
])('the files of the built-in on %s: %s, %j', async (target, list, files, effect) => {
  const spec = { files: withManifest({ [list]: ['file'] }, files) };
  const [found] = await findingsOf(builtinShadowed, spec, target);
  expect(found?.effect).toBe(effect);
});
