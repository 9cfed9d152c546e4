import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingViews } from '../../../src/cli/output/findings-text.ts';
import { lintPlugin } from '../../../src/lint/lint.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';
import type { Entry, ViewProblem } from '../../../src/model/view.ts';
import { plain } from '../../fixtures/plain.ts';
import { memoryView } from './memory-view.ts';

const word = fc.constantFrom('', 'a', '..', 'main.py', 'x.so', 'a\\b', '\u001b[2J', '\u202e', 'A');
const entryPath = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join('/'))
  .filter((path) => path !== '');
const content = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom(
    '#!/bin/sh\r\nif [[ x ]]; then sudo x <<E\n',
    'from ekuiper import PluginConfig\nPluginConfig("p", {"a": A, **x}, {}, {"""',
    '-----BEGIN PRIVATE KEY-----',
  ),
);
const entry = fc.record({
  text: content,
  kind: fc.constantFrom<Entry['kind']>('file', 'directory', 'symlink', 'other'),
  mode: fc.option(fc.nat(0o7777), { nil: null }),
  size: fc.nat(),
});
const files = fc.dictionary(entryPath, entry, { maxKeys: 8 });

const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.array(fc.option(word)), word);
const manifest = fc
  .record(
    {
      name: value,
      language: fc.oneof(fc.constantFrom('go', 'python'), value),
      executable: fc.oneof(fc.constantFrom('main.py', 'install.sh'), value),
      sources: value,
      sinks: value,
      functions: value,
      virtualEnvType: value,
      env: value,
      version: value,
    },
    { requiredKeys: [] },
  )
  .map((keys) => JSON.stringify(keys));

const problem: fc.Arbitrary<ViewProblem> = fc.record({
  kind: fc.constantFrom('path-escape', 'bad-name', 'backslash-name', 'unreadable', 'encrypted'),
  entry: fc.option(fc.string({ unit: 'binary' })),
  detail: fc.string({ unit: 'binary' }),
});

test('whatever a package holds, the rules end and say nothing that a terminal obeys', async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      manifest,
      entry,
      fc.array(problem, { maxLength: 5 }),
      fc.constantFrom<'directory' | 'zip'>('directory', 'zip'),
      fc.constantFrom(...TARGET_NAMES),
      async (some, text, script, problems, form, target) => {
        const all = { ...some, 'probe.json': text, 'install.sh': script };
        const findings = await lintPlugin(memoryView({ files: all, problems, form }), { target });
        // Findings have the true names, for programs; whoever prints them makes them harmless.
        const said = plain(await findingViews(findings, async () => null));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
        expect(said).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      },
    ),
    { numRuns: 300 },
  );
});
