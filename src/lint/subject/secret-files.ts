import { secretInCompressed } from '../../model/secrets/compressed.ts';
import { isSourceLogin } from '../../model/secrets/forms/logins.ts';
import type { SecretContent } from '../../model/secrets/secret-content.ts';
import { searchBytes, searchEntry } from '../../model/secrets/secret-search.ts';
import type { Entry } from '../../model/view.ts';
import type { Subject } from './subject.ts';

/** Limits for searching one package; it may be hostile, and the search must end. */
export const SEARCH_LIMITS = { files: 10_000, bytes: 64 * 1024 ** 2 } as const;
/** Usual extensions of files with keys and settings: searched first. */
const LIKELY =
  /\.(?:pem|key|crt|cer|json|ya?ml|ini|cfg|conf|toml|properties|txt|py|sh|js|ts|xml)$/i;

/** The result of the search for secrets by content, and how many files it skipped. */
export interface SecretFiles {
  /** By path. */
  readonly found: ReadonlyMap<string, SecretContent>;
  /**
   * Files that were not searched, or not completely, because of {@link SEARCH_LIMITS} or because {@link
   * secretInCompressed} does not unpack them.
   */
  readonly unsearched: number;
}

/**
 * Searches the files of a package for secrets by their content, up to {@link SEARCH_LIMITS}, and less of a text with
 * many possible starts of secrets.
 */
export async function secretFiles(subject: Subject): Promise<SecretFiles> {
  const found = new Map<string, SecretContent>();
  const files = inOrder(subject.view.entries);
  let left: number = SEARCH_LIMITS.bytes;
  const budget = { left: SEARCH_LIMITS.bytes as number };
  // With a budget of its own: the content of a large archive must not end the search of the files beside it.
  const own = { left: SEARCH_LIMITS.bytes as number };
  let unsearched = Math.max(0, files.length - SEARCH_LIMITS.files);
  for (const entry of files.slice(0, SEARCH_LIMITS.files)) {
    const { path, size } = entry;
    const limit = Math.min(size, left);
    if (limit < size) unsearched += 1;
    if (limit === 0) continue;
    left -= limit;
    const bytes = await subject.view.read(path, limit);
    if (bytes === null) continue;
    const searched = limit < size ? searchBytes(bytes, own) : searchEntry(entry, bytes, own);
    const { found: secret, isCompressed, isEnded } = searched;
    if (secret && !isSourceLogin(path, secret)) found.set(path, secret);
    if (isEnded && limit === size) unsearched += 1;
    if (secret?.isPrivateKey || !isCompressed || isEnded) continue;
    const inside = await secretInCompressed(viewOf(bytes), budget);
    if (inside.found) found.set(path, inside.found);
    if (inside.unsearched !== null && limit === size) unsearched += 1;
  }
  return { found, unsearched };
}

function inOrder(entries: readonly Entry[]): Entry[] {
  const files = entries.filter(({ kind, size }) => kind === 'file' && size > 0);
  const likely = files.filter(({ path }) => LIKELY.test(path));
  const others = files.filter(({ path }) => !LIKELY.test(path));
  // Limit per file: a few large models must not use up the budget.
  return [...likely, ...others.sort((a, b) => a.size - b.size)];
}

/** A view, not a copy: it may be large. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
