import { expect, it } from 'vitest';
import { secretIn } from '../../src/model/secrets/secret-search.ts';
import { SECRET_TEXTS } from '../../src/model/secrets/secret-texts.ts';

const LONG = 128 * 1024;

const STARTS = [
  ...SECRET_TEXTS.flatMap((secret) => secret.needles),
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nA: b\n',
  'PuTTY-User-Key-File-3: ssh-rsa\n',
  '"kty":"oct","k":"',
  '"kty":"EC"}',
  Buffer.from('-----BEGIN PRIVATE KEY----- x').toString('base64'),
];

/** Texts of nothing but beginnings of secrets, of each kind or of every one in so many. */
export function describeLongSecrets(oneIn = 1): void {
  const starts = STARTS.filter((_, index) => index % oneIn === 0);
  // Each takes some hundredths of a second; what looks again at the same place would take half a minute.
  it.each(starts)('of nothing but %j come to an end', { timeout: 180_000 }, (start) => {
    const text = `${start.repeat(Math.floor(LONG / start.length / 2))}\n.`;
    for (const bytes of [
      Buffer.from(text + text),
      Buffer.from(`\0\x01${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
    ]) {
      expect(secretIn(bytes)?.isPrivateKey ?? false).toBe(false);
    }
  });
}
