import { compareText } from '../../model/finding.ts';
import {
  type CompressedSearch,
  secretInCompressed,
  UNPACK_LIMITS,
  type Unsearched,
} from '../../model/secrets/compressed.ts';
import type { SearchBudget } from '../../model/secrets/secret-content.ts';
import { type Content, readStart } from '../files/content.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import { LINE_IN_PROJECT, secretVerdict } from '../ignore/strict.ts';
import type { Walk } from './walk.ts';

/** For one plan. */
export function unpackBudget(): SearchBudget {
  return { left: UNPACK_LIMITS.all };
}

/** A file of the package in which secrets were not looked for everywhere. */
export interface SearchedInPart {
  readonly path: string;
  readonly why: Unsearched;
}

/** Looks for secrets in what a compressed file unpacks to. Rejects when the file cannot be read. */
export async function searchCompressed(
  content: Content,
  size: number,
  budget: SearchBudget,
): Promise<CompressedSearch> {
  const bytes = await readStart(content, size, UNPACK_LIMITS.bytes);
  const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { found, unsearched } = await secretInCompressed(own, budget);
  return { found, unsearched: size > own.length ? 'limit' : unsearched };
}

/**
 * Takes out of a walk the compressed files that hold secrets, as the walk does with others; resolves to those that stay
 * and were searched in part.
 */
export async function dropCompressedSecrets(
  found: Walk,
  rules: IgnoreRules,
): Promise<SearchedInPart[]> {
  const budget = unpackBudget();
  const dropped = new Set<string>();
  const inPart = new Map<string, Unsearched>();
  for (const path of found.inPart) inPart.set(path, 'limit');
  /** Links that lead to one file give one content. */
  const known = new Map<Content, CompressedSearch | null>();
  for (const { path, content, size } of found.compressed) {
    const had = known.get(content);
    // What cannot be read any more is told by whoever packs it.
    const search = had ?? (await searchCompressed(content, size, budget).catch(() => null));
    known.set(content, search);
    if (search === null) continue;
    const { found: secret, unsearched } = search;
    const verdict = secret && secretVerdict(secret, rules.named(path), LINE_IN_PROJECT);
    if (verdict) found.decisions.set(path, verdict);
    if (verdict?.packed === false) {
      dropped.add(path);
      inPart.delete(path);
    } else if (unsearched !== null && !inPart.has(path)) inPart.set(path, unsearched);
  }
  if (dropped.size > 0) found.files = found.files.filter(({ path }) => !dropped.has(path));
  return Array.from(inPart, ([path, why]) => ({ path, why })).sort((a, b) =>
    compareText(a.path, b.path),
  );
}
