import { describe, expect, it, test } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';
import { openPackage } from '../../../src/package/open/open-package.ts';
import { preparePlan } from '../../../src/package/prepare.ts';
import { planFromZip } from '../../../src/package/repack/plan-from-zip.ts';
import { craftZip } from '../../fixtures/crafted-zip.ts';
import { makeZip } from '../../fixtures/make-zip.ts';

/** What validate and pack --from say of a zip, of these rules. */
async function both(zip: Buffer, rules: readonly string[], target = TARGET_NAMES[0]) {
  const view = await openPackage(zip, 'x.zip');
  try {
    const of = (findings: readonly Finding[]): Finding[] =>
      findings.filter(({ rule }) => rules.includes(rule));
    const at = { target: target ?? '2.4' };
    const validated = of(await lintPlugin(view, at));
    const { findings } = await preparePlan(await planFromZip(view), { ...at, label: 'x.zip' });
    return { validated, repacked: of(findings), all: findings };
  } finally {
    await view.close();
  }
}

type Piece = Parameters<typeof makeZip>[0][number];

const MANIFEST = {
  name: 'probe.json',
  text: '{"version":"1","language":"python","executable":"main.py","functions":["f"]}',
};
const MAIN = { name: 'main.py', text: '#!/usr/bin/env python3\nx = 1\n', mode: '755' };
const LIB = { name: 'lib', text: 'x' };

describe('a name that is a file and a folder: pack --from says what validate says', () => {
  const cases: [string, Piece[], number][] = [
    ['a file above a file', [MANIFEST, MAIN, LIB, { name: 'lib/a.py', text: 'y' }], 1],
    ['the file behind it', [MANIFEST, MAIN, { name: 'lib/a.py', text: 'y' }, LIB], 1],
    ['a folder, then the program', [MANIFEST, { name: 'main.py/', dir: true }, MAIN], 1],
    ['the program, then a folder', [MANIFEST, MAIN, { name: 'main.py/', dir: true }], 1],
    ['an empty folder', [MANIFEST, MAIN, LIB, { name: 'lib/', dir: true }], 1],
    [
      'in a folder around everything',
      [MANIFEST, MAIN, LIB, { name: 'lib/a.py', text: 'y' }].map((one) => ({
        ...one,
        name: `p/${one.name}`,
      })),
      1,
    ],
    ['none', [MANIFEST, MAIN, { name: 'lib/a.py', text: 'y' }], 0],
  ];

  it.each(cases)('%s', async (_, pieces, count) => {
    for (const target of TARGET_NAMES) {
      const { validated, repacked, all } = await both(makeZip(pieces), ['file-and-folder'], target);
      expect(validated).toHaveLength(count);
      expect(repacked).toEqual(validated);
      // The file is what is read, whatever stands before it.
      expect(all.map(({ rule }) => rule)).not.toContain('program-not-runnable');
    }
  });

  it('what is left out anyway is no clash of the package; a backslash is no way around it', async () => {
    const dropped = [MANIFEST, MAIN, LIB, { name: 'lib/__pycache__/a.pyc', text: 'y' }];
    expect((await both(makeZip(dropped), ['file-and-folder'])).repacked).toEqual([]);
    const pieces = [MANIFEST, MAIN, LIB, { name: 'lib\\a.py', text: 'y' }];
    const { validated, repacked } = await both(makeZip(pieces), ['file-and-folder']);
    expect(validated).toHaveLength(1);
    expect(repacked).toEqual(validated);
  });
});

test('the name of the zip: the files are counted as they are in it', async () => {
  const pieces = [MANIFEST, MAIN, { name: 'a/b/c.py', text: 'y' }];
  const { validated, repacked } = await both(makeZip(pieces), ['package-name-differs']);
  expect(validated[0]?.effect).toContain('found 3 files in total');
  expect(repacked).toEqual(validated);
});

test('a wrong checksum: one hint, and it is about the package', async () => {
  const zip = craftZip({
    entries: [MANIFEST, MAIN].map(({ name, text }) => ({ name, content: text, method: 0 })),
  });
  const at = zip.indexOf('x = 1');
  zip.write('x = 2', at);
  const { validated, repacked } = await both(zip, ['entry-damaged']);
  expect(validated.map(({ hint }) => hint)).toEqual(['Make or download the package again']);
  expect(repacked).toEqual(validated);
});

test('no command names a zip that came from stdin as a file', async () => {
  const twice = craftZip({
    entries: [
      { name: 'a', content: '1' },
      { name: 'a', content: '2' },
    ],
  });
  for (const zip of [Buffer.concat([makeZip([MANIFEST, MAIN]), Buffer.from('\n')]), twice]) {
    const view = { ...(await openPackage(zip, 'stdin')), isPiped: true as const };
    const hints = (await lintPlugin(view, { target: '2.4' })).map(({ hint }) => hint).join('\n');
    expect(hints).not.toMatch(/kplugin [^\n]* stdin/);
    if (zip !== twice)
      expect(hints).toContain('Write the zip to a file and run kplugin pack --from <file>: ');
    await view.close();
  }
});

test('a bad name in a zip is not to be fixed by a file that the zip does not look at', async () => {
  const { validated, repacked } = await both(
    makeZip([MANIFEST, MAIN, { name: 'n\nl', text: '' }]),
    ['bad-entry-name'],
  );
  for (const { hint } of [...validated, ...repacked]) {
    expect(hint).toBe(
      'Rename the file in the project that the zip was made from, and pack it again',
    );
  }
  expect(repacked).toHaveLength(1);
});

test.each([
  ['tried, and told as what it does', 9_998, /^Run kplugin pack --from x\.zip: it writes 0644$/],
  ['too large to be tried for a hint', 9_999, /^Try kplugin pack --from x\.zip: it writes 0644$/],
])('%s: a zip with %i files more than the two it needs', async (_, count, hint) => {
  const hidden = Array.from({ length: count }, (_, at) => ({ name: `d/${at}`, text: '' }));
  const pieces = [MANIFEST, { ...MAIN, mode: '700' }, ...hidden];
  const view = await openPackage(makeZip(pieces), 'x.zip');
  const found = await lintPlugin(view, { target: '2.4' });
  await view.close();
  const ours = found.find(({ rule }) => rule === 'unreadable-mode');
  expect(ours?.hint).toMatch(hint);
});
