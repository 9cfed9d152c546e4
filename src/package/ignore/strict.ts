import ignore from 'ignore';
import type { Verdict } from './verdict.ts';

/** In the names of kplugin's own temporary files; see write/atomic-file.ts. */
export const TEMPORARY_SUFFIX = '.kplugin-tmp';

/** Nothing lets these into a package: a plugin goes to machines that its author does not own. */
const PATTERNS: readonly string[] = [
  '.git',
  '.env',
  '.env.*',
  '.envrc',
  '*.zip',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  '*.p12',
  '*.pfx',
  '*.jks',
  '*.keystore',
  '.netrc',
  '.pypirc',
  '.npmrc',
  '.ssh/',
  `.*${TEMPORARY_SUFFIX}`,
];

const STRICT = ignore().add([...PATTERNS]);

/** The strict set's verdict about a path (a directory's ends with a slash), or null when it has none. */
export function strictVerdict(path: string): Verdict | null {
  const { rule } = STRICT.test(path);
  return rule ? refused(rule.pattern) : null;
}

/**
 * Whether a file holds a private key, by its first bytes: names do not tell (`cacert.pem` is needed,
 * `server.crt` may hold both).
 */
export function keyVerdict(head: Uint8Array): Verdict | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text) ? refused('a private key') : null;
}

function refused(rule: string): Verdict {
  return { packed: false, list: 'strict', line: null, rule };
}
