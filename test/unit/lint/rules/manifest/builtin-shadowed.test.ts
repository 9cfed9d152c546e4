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

test.each([
  ['1.14' as const, 'data/sinks/file.json'],
  ['2.0' as const, 'etc/sinks/file.json'],
  ['2.4' as const, 'etc/sinks/file.json and data/sinks/file.json'],
])('%s overwrites the metadata in %s', async (target, folder) => {
  const [found] = await findingsOf(
    builtinShadowed,
    { files: withManifest({ sinks: ['file'] }) },
    target,
  );
  expect(found?.effect).toContain(`overwrites ${folder}, removing deletes it`);
});
