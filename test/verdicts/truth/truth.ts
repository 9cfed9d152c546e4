import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What a real eKuiper did with a sample. */
export interface Truth {
  /** `ok`, or its refusal. */
  readonly install: string;
  /** `right`, or what came instead of the rows; null when nothing was installed. */
  readonly rows: string | null;
  /** As `rows`, after an update while the rule ran; null when there were no right rows before. */
  readonly update: string | null;
}

/** By the version of eKuiper, then by the id of the sample. */
export type Truths = ReadonlyMap<string, ReadonlyMap<string, Truth>>;

const FILE = fileURLToPath(new URL('recorded.json', import.meta.url));

/** The answers of the real servers that were asked, as test/verdicts/record/main.ts wrote them. */
export async function readTruths(): Promise<Truths> {
  // The recorder wrote it.
  const recorded = JSON.parse(await readFile(FILE, 'utf8')) as Record<
    string,
    Record<string, Truth>
  >;
  return new Map(
    Object.entries(recorded).map(([version, of]) => [version, new Map(Object.entries(of))]),
  );
}

/** Adds an answer to the file. */
export async function addTruth(version: string, id: string, truth: Truth): Promise<void> {
  const truths = new Map([...(await readTruths())].map(([name, of]) => [name, new Map(of)]));
  truths.set(version, (truths.get(version) ?? new Map()).set(id, truth));
  const sorted = [...truths]
    .sort(byName)
    .map(([name, of]) => [name, Object.fromEntries([...of].sort(byName))]);
  await writeFile(FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.localeCompare(b, 'en');
}

/** Whether a plugin works: it can be installed, and its rows are right. */
export function isHealthy({ install, rows }: Truth): boolean {
  return install === 'ok' && rows === 'right';
}
