import { SEARCHED_BYTES, type SecretContent, secretIn } from '../model/secrets/secret-content.ts';
import type { Entry } from '../model/view.ts';
import type { Subject } from './subject.ts';

/** Together; a package may be hostile, and reading it must end. */
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_FILES = 10_000;
/** Where people keep keys and settings: looked at first. */
const LIKELY =
  /\.(?:pem|key|crt|cer|json|ya?ml|ini|cfg|conf|toml|properties|txt|py|sh|js|ts|xml)$/i;

/** The files of a package that hold a secret by their content, by path. */
export async function secretFiles(subject: Subject): Promise<Map<string, SecretContent>> {
  const found = new Map<string, SecretContent>();
  let left = MOST_BYTES;
  for (const { path, size } of inOrder(subject.view.entries)) {
    const limit = Math.min(size, SEARCHED_BYTES);
    if (limit > left) continue;
    left -= limit;
    const bytes = await subject.view.read(path, limit);
    const secret = bytes && secretIn(bytes);
    if (secret) found.set(path, secret);
  }
  return found;
}

function inOrder(entries: readonly Entry[]): Entry[] {
  const files = entries.filter(({ kind, size }) => kind === 'file' && size > 0);
  const likely = files.filter(({ path }) => LIKELY.test(path));
  const others = files.filter(({ path }) => !LIKELY.test(path));
  return [...likely, ...others].slice(0, MOST_FILES);
}
