import { type SecretName, secretName } from '../../model/secrets/secret-names.ts';
import type { Verdict } from './verdict.ts';

/** In the names of kplugin's own temporary files; see write/atomic-file.ts. */
export const TEMPORARY_SUFFIX = '.kplugin-tmp';

/**
 * What only a line that names it lets into a package: secrets, since a plugin goes to machines that its author does
 * not own, and zips, which are most often older packages. Null for everything else. A directory's path ends with a
 * slash.
 */
export function strictRule(path: string): SecretName | null {
  const lower = path.toLowerCase();
  if (lower.endsWith('.zip')) return ZIP;
  return lower.endsWith(TEMPORARY_SUFFIX) ? TEMPORARY : secretName(path);
}

const ZIP: SecretName = { rule: '*.zip', reason: 'most often an older package' };
const TEMPORARY: SecretName = {
  rule: `*${TEMPORARY_SUFFIX}`,
  reason: 'a package that was not finished',
};

/** The verdict about what the strict set leaves out. */
export function leftOutBy({ rule, reason }: SecretName): Verdict {
  return { packed: false, list: 'strict', line: null, rule, reason };
}

/**
 * Whether a file holds a private key, by its first bytes: names do not tell (`cacert.pem` is needed,
 * `server.crt` may hold both).
 */
export function keyVerdict(head: Uint8Array): Verdict | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text)) return null;
  return leftOutBy({ rule: 'a private key', reason: 'nothing lets a private key in' });
}
