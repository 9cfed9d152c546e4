import { expect, test } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';
import { openZipView } from '../../../src/package/zip-view.ts';
import { craftZip } from '../../fixtures/crafted-zip.ts';
import { withDamage } from '../../fixtures/hostile-zip.ts';
import { makeZip, type ZipEntrySpec } from '../../fixtures/make-zip.ts';

const MANIFEST = JSON.stringify({
  version: '1.0.0',
  language: 'go',
  executable: 'run',
  sources: ['psrc'],
});

const GOOD: readonly ZipEntrySpec[] = [
  { name: 'probe.json', text: MANIFEST },
  { name: 'run', text: '#!/bin/sh\nexec true\n', mode: '755' },
  { name: 'sources/', dir: true },
  { name: 'sources/psrc.yaml', text: 'default: {}\n' },
];

const renamed = (rename: (name: string) => string): ZipEntrySpec[] =>
  GOOD.map((entry) => ({ ...entry, name: rename(entry.name) }));
const plus = (...more: readonly ZipEntrySpec[]): readonly ZipEntrySpec[] => [...GOOD, ...more];

async function errorsOf(bytes: Buffer): Promise<string[]> {
  const view = await openZipView(bytes, 'probe.zip');
  const findings = await lintPlugin(view, { target: '2.4' });
  await view.close();
  return findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

test.each<[string, readonly ZipEntrySpec[], string[]]>([
  ['good', GOOD, []],
  ['empty', [], ['manifest-missing']],
  ['wrapped in a folder', renamed((name) => `probe/${name}`), ['manifest-in-folder']],
  ['./ in front', renamed((name) => `./${name}`), ['manifest-dot-slash']],
  ['made on Windows', GOOD.map((entry) => ({ ...entry, made: 'fat' })), ['not-executable']],
  ['backslashes', renamed((name) => name.replace(/\/(?=.)/, '\\')), ['backslash-name']],
  ['zip slip', plus({ name: '../../evil', text: '' }), ['entry-escapes']],
  ['a link', plus({ name: 'current', text: 'run', mode: '120777' }), ['symlink-entry']],
  ['setuid', plus({ name: 'helper', text: '', mode: '104755' }), ['special-mode']],
  ['two folders deep', plus({ name: 'models/v1/m', text: '' }), ['missing-parent']],
  ['one file twice', plus({ name: './run', text: '', mode: '755' }), ['duplicate-entry']],
  ['no mode at all', plus({ name: 'data.bin', text: '', mode: '100000' }), []],
  ['a native plugin', [{ name: 'echo@1.so', text: '' }], ['native-plugin']],
])('%s', async (_, entries, expected) => {
  expect(await errorsOf(makeZip(entries))).toEqual(expected);
});

test.each([
  ['in a model', [{ name: 'a.bin', text: 'ABCDEFG'.repeat(9) }, ...GOOD]],
  ['in the manifest', GOOD],
])('a changed byte %s', async (_, entries) => {
  expect(await errorsOf(withDamage(makeZip(entries)))).toEqual(['entry-damaged']);
});

test('an encrypted manifest', async () => {
  const [manifest, ...others] = GOOD.map(({ name, text }) => ({ name, content: text ?? '' }));
  const encrypted = { name: '', ...manifest, flags: 1, central: { crc: 1 } };
  expect(await errorsOf(craftZip({ entries: [encrypted, ...others] }))).toEqual([
    'entry-encrypted',
  ]);
});

test('every entry that is only marked as encrypted is named, whether a rule reads it or not', async () => {
  const names = [...GOOD.map(({ name }) => name), 'notes.txt'].filter(
    (name) => !name.endsWith('/'),
  );
  for (const marked of names) {
    const entries = [...GOOD, { name: 'notes.txt', text: 'x'.repeat(200) }].map(
      ({ name, text }) => ({ name, content: text ?? '', flags: name === marked ? 1 : 0 }),
    );
    const view = await openZipView(craftZip({ entries }), 'probe.zip');
    const findings = await lintPlugin(view, { target: '2.4' });
    await view.close();
    const untidy = findings.filter(({ rule }) => rule === 'zip-untidy');
    expect(untidy.map(({ file }) => file)).toEqual([marked]);
  }
});

test.each([
  ['truncated', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
  ['a web page', () => Buffer.from('<html>404</html>')],
  ['nothing', () => Buffer.alloc(0)],
])('%s', async (_, spoil) => {
  expect(await errorsOf(spoil(makeZip(GOOD)))).toEqual(['not-a-zip']);
});

const crafted = GOOD.map(({ name, text }) => ({ name, content: text ?? '' }));

/** Packages that some eKuiper refuses, each with more that is wrong. */
const WRONG: readonly (readonly [string, Buffer])[] = [
  [
    'a link',
    makeZip(
      plus({ name: '.env', text: 'run', mode: '120777' }, { name: 'a', mode: '100600', text: '' }),
    ),
  ],
  [
    'a file that is a folder as well',
    makeZip(plus({ name: 'run/', dir: true }, { name: '.env', text: 'x' })),
  ],
  [
    'a file with something below it',
    makeZip(plus({ name: 'run/a', text: '' }, { name: 'RUN', text: '' })),
  ],
  [
    'a changed byte',
    withDamage(makeZip(plus({ name: '.env', text: 'ABCDEFG'.repeat(9), mode: '100600' }))),
  ],
  [
    'an encrypted entry',
    craftZip({
      entries: [...crafted, { name: '.env', content: 'x', flags: 1, central: { crc: 1 } }],
    }),
  ],
  [
    'another compression',
    craftZip({
      entries: [
        ...crafted,
        { name: '.env', content: 'x' },
        { name: 'a.bin', content: 'x', method: 12 },
      ],
    }),
  ],
  [
    'an entry that leads out',
    makeZip(plus({ name: '../../evil', text: '' }, { name: '.DS_Store', text: '' })),
  ],
  [
    'bytes behind the end',
    Buffer.concat([makeZip(plus({ name: '.env', text: 'x' })), Buffer.from('\n')]),
  ],
  ['backslashes', makeZip(plus({ name: 'lib\\.env', text: 'x' }))],
  [
    'modes',
    makeZip(
      plus({ name: 'a', text: '', mode: '100600' }, { name: '.env', text: '', mode: '104755' }),
    ),
  ],
];

/** That eKuiper does something with the package, without an if. */
function isClaim(effect: string): boolean {
  return /\beKuiper (?:on Linux )?(?!refuses)\w+s\b/.test(effect) && !effect.startsWith('If ');
}

test.each(WRONG)(
  '%s: nothing is said of what eKuiper does with a package that it refuses',
  async (_, zip) => {
    for (const target of TARGET_NAMES) {
      const view = await openZipView(zip, 'probe.zip');
      const effects = (await lintPlugin(view, { target })).map(({ effect }) => effect);
      const isRefused = effects.some((effect) => effect.startsWith('eKuiper refuses'));
      expect(isRefused ? effects.filter(isClaim) : [], target).toEqual([]);
      await view.close();
    }
  },
);
