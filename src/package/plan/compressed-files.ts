import { compareText } from '../../model/finding.ts';
import {
  type CompressedSearch,
  secretInCompressed,
  UNPACK_LIMITS,
  type UnpackBudget,
  type Unsearched,
} from '../../model/secrets/compressed.ts';
import { type Content, readStart } from '../files/content.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import { LINE_IN_PROJECT, secretVerdict } from '../ignore/verdict.ts';
import type { Walk } from './walk.ts';

/** Creates the budget for one plan. */
export function unpackBudget(): UnpackBudget {
  return { left: UNPACK_LIMITS.all, starts: UNPACK_LIMITS.starts };
}

/** A packed file that was only partly searched for secrets. */
export interface SearchedInPart {
  readonly path: string;
  readonly why: Unsearched;
}

/**
 * Searches the unpacked content of a compressed file for secrets. Reads nothing when the budget is used up; rejects when the
 * file cannot be read.
 */
export async function searchCompressed(
  content: Content,
  size: number,
  budget: UnpackBudget,
): Promise<CompressedSearch> {
  if (budget.left <= 0 || (budget.starts ?? 1) <= 0) return { found: null, unsearched: 'limit' };
  const bytes = await readStart(content, size, UNPACK_LIMITS.bytes);
  const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { found, unsearched } = await secretInCompressed(own, budget);
  return { found, unsearched: size > own.length ? 'limit' : unsearched };
}

/**
 * Removes compressed files that contain secrets from a walk, as the walk does with other files; resolves to the
 * remaining ones that were only partly searched.
 */
export async function dropCompressedSecrets(
  found: Walk,
  rules: IgnoreRules,
): Promise<SearchedInPart[]> {
  const budget = unpackBudget();
  const dropped = new Set<string>();
  const inPart = new Map<string, Unsearched>();
  for (const path of found.inPart) inPart.set(path, 'limit');
  /** Several links to one file share its content. */
  const known = new Map<Content, CompressedSearch | null>();
  for (const { path, content, size } of found.compressed) {
    const had = known.get(content);
    // A file that became unreadable is reported when it is packed.
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
