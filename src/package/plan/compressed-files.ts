import {
  secretInCompressed,
  UNPACK_LIMITS,
  type UnpackBudget,
} from '../../model/secrets/compressed.ts';
import type { SecretContent } from '../../model/secrets/secret-content.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import { LINE_IN_PROJECT, secretVerdict } from '../ignore/strict.ts';
import { type Content, readStart } from './content.ts';
import type { Walk } from './walk.ts';

/** So much of all compressed files of one plan is unpacked. */
const MOST = 4 * UNPACK_LIMITS.bytes;

/** For one plan. */
export function unpackBudget(): UnpackBudget {
  return { left: MOST };
}

/** The secret in what a compressed file unpacks to. Rejects when the file cannot be read. */
export async function compressedSecret(
  content: Content,
  size: number,
  budget: UnpackBudget,
): Promise<SecretContent | null> {
  const bytes = await readStart(content, size, UNPACK_LIMITS.bytes);
  const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (await secretInCompressed(own, budget)).found;
}

/** Takes out of a walk the compressed files that hold secrets, as the walk does with others. */
export async function dropCompressedSecrets(found: Walk, rules: IgnoreRules): Promise<void> {
  const budget = unpackBudget();
  const dropped = new Set<string>();
  for (const { path, content, size } of found.compressed) {
    // What cannot be read any more is told by whoever packs it.
    const secret = await compressedSecret(content, size, budget).catch(() => null);
    if (secret === null) continue;
    const verdict = secretVerdict(secret, rules.named(path), LINE_IN_PROJECT);
    found.decisions.set(path, verdict);
    if (!verdict.packed) dropped.add(path);
  }
  if (dropped.size === 0) return;
  found.files = found.files.filter(({ path }) => !dropped.has(path));
}
