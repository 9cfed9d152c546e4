import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { isHarmless, type ViewProblem } from '../../src/model/view.ts';
import { nameText } from '../../src/package/zip/entry-name.ts';
import { readEntry } from '../../src/package/zip/read-entry.ts';
import { goMode } from '../../src/package/zip/record.ts';
import { NOT_VALID, SHORT } from '../../src/package/zip/zip-fault.ts';
import { openZipView, type ZipView } from '../../src/package/zip-view.ts';
import { goCommand } from '../toolchain/go.ts';
import { describeWith } from '../toolchain/require.ts';
import { Random } from './random.ts';
import { mutateZip } from './zip-mutants.ts';
import { askGoZip, type GoEntry, type GoZip } from './zip-oracle.ts';

const SEED = Number(process.env['KPLUGIN_SEED'] ?? 20261129);
const COUNT = Number(process.env['KPLUGIN_MUTANTS'] ?? 25_000);
/** So many zips at once are in memory and on their way to Go. */
const BATCH = 2500;

/** Why kplugin refuses zips that Go reads. Everything else that it refuses, Go refuses. */
const REASONS: readonly (readonly [ViewProblem['kind'], RegExp])[] = [
  // Other programs find another table of contents.
  [
    'ambiguous',
    /two tables of contents|different tables of contents|zip64 locator|two end records/,
  ],
  ['ambiguous', /end record says (\d+ entries|that the table of contents has)/],
  [
    'ambiguous',
    /hold (an entry|part of a table of contents)|between its table of contents and its end record/,
  ],
  // Other programs find another entry.
  [
    'ambiguous',
    /has the name|compression is method|says that it is encrypted|by its own header|zip64 fields|Unicode path/,
  ],
  ['overlap', /lie on the same bytes/],
  // kplugin's own limits.
  ['too-large', /its entries say that they have \d+ bytes together/],
  ['suspicious-ratio', /times as many/],
  // Names that eKuiper refuses or unpacks elsewhere, which is no matter of archive/zip.
  ['path-escape', /leads out/],
  ['backslash-name', /separated by|on Windows the name leads out/],
  ['duplicate-entry', /more than once|a file in the zip, and a folder as well/],
  ['bad-name', /empty|zero byte|own folder|control character|longer than Linux|for a drive/],
];

function isListed({ kind, detail }: ViewProblem): boolean {
  return REASONS.some(([listed, words]) => listed === kind && words.test(detail));
}

/** How many zips came to which end. */
type Tally = Record<'readByBoth' | 'refusedByBoth' | 'refusedByKpluginAlone', number>;

/** What is not the same for kplugin and Go; null when all is. */
async function difference(zip: Buffer, go: GoZip, tally: Tally): Promise<string | null> {
  const view = await openZipView(zip);
  await view.verify();
  const serious = view.problems.filter((problem) => !isHarmless(problem));
  const goError = go.error || go.entries.find(({ error }) => error !== '')?.error || '';
  if (serious.length === 0) {
    tally.readByBoth += 1;
    return goError === '' ? entriesDiffer(view, go.entries) : `Go says ${goError}`;
  }
  tally[goError === '' ? 'refusedByKpluginAlone' : 'refusedByBoth'] += 1;
  const { failure } = view.archive;
  if (failure?.answer !== undefined && failure.answer !== go.error) {
    return `Go says ${go.error || 'nothing'}, kplugin that it says ${failure.answer}`;
  }
  const wrongWords = wordsDiffer(serious, go.entries);
  if (wrongWords !== null) return wrongWords;
  const unlisted = serious.find((problem) => !isListed(problem));
  if (goError === '' && unlisted) return `kplugin alone says ${unlisted.kind}: ${unlisted.detail}`;
  return null;
}

/** What kplugin says that eKuiper answers to a damaged entry is what Go says of it. */
function wordsDiffer(problems: readonly ViewProblem[], entries: readonly GoEntry[]): string | null {
  const named = entries.map(({ name, error }) => [nameText(Buffer.from(name, 'hex')), error]);
  for (const { entry, answer } of problems) {
    if (entry === null || answer === undefined) continue;
    const said = named.flatMap(([name, error]) => (name === entry && error ? [error] : []));
    // Of data that is too long and truncated as well, either fault may be met first.
    const either = answer === SHORT ? [answer, NOT_VALID] : [answer];
    if (!said.some((error) => either.some((words) => error.includes(words))))
      return `Go says ${said.join(' and ')} of ${entry}, kplugin that it says ${answer}`;
  }
  return null;
}

async function entriesDiffer(
  { archive, entries }: ZipView,
  wanted: readonly GoEntry[],
): Promise<string | null> {
  const found: GoEntry[] = [];
  for (const record of archive.records) {
    const { permissions, isDirectory, isSpecial } = goMode(record.name, record);
    const bytes = isDirectory ? null : await readEntry(archive, record, record.size);
    found.push({
      name: record.name.toString('hex'),
      permissions,
      directory: isDirectory,
      special: isSpecial,
      content: bytes ? createHash('sha256').update(bytes).digest('hex') : '',
      error: '',
    });
  }
  const plain = (entry: GoEntry) => (entry.directory ? { ...entry, special: false } : entry);
  const [ours, theirs] = [found, wanted].map((list) => JSON.stringify(list.map(plain)));
  if (ours !== theirs) return `kplugin reads ${ours}, Go ${theirs}`;
  const files = found.filter(({ directory }) => !directory).length;
  const shown = entries.filter(({ kind }) => kind !== 'directory').length;
  return files === shown ? null : `kplugin shows ${shown} files of ${files}`;
}

await describeWith('zips', goCommand, () => {
  it(`reads ${COUNT} mutants as archive/zip does (seed ${SEED})`, async () => {
    const random = new Random(SEED);
    const differing: string[] = [];
    const tally: Tally = { readByBoth: 0, refusedByBoth: 0, refusedByKpluginAlone: 0 };
    for (let done = 0; done < COUNT; done += BATCH) {
      const zips = Array.from({ length: Math.min(BATCH, COUNT - done) }, () => mutateZip(random));
      const answers = await askGoZip(zips);
      for (const [place, zip] of zips.entries()) {
        const go = answers[place] ?? { error: 'no answer', entries: [] };
        const what = await difference(zip, go, tally);
        if (what !== null) differing.push(`${done + place}: ${what} ${zip.toString('base64')}`);
      }
    }
    process.stdout.write(
      `differential zip: ${COUNT} mutants, seed ${SEED}, ${tally.readByBoth} read by both, ${tally.refusedByBoth} refused by ` +
        `both, ${tally.refusedByKpluginAlone} refused by kplugin alone, ${differing.length} mismatches\n`,
    );
    expect({ count: differing.length, first: differing.slice(0, 5) }).toEqual({
      count: 0,
      first: [],
    });
  });
});
