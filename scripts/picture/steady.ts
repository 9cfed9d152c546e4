import { createHash } from 'node:crypto';

/**
 * A session as every run prints it: with times of a usual run, and with other digests of packages, as the real ones depend
 * on the zlib of this Node.
 */
export function steady(text: string): string {
  const timed = text
    .replace(/after \d+ ms\b/g, 'after 95 ms')
    .replace(/ in [\d.]+ m?s$/gm, ' in 7 s');
  const digests = new Set(Array.from(timed.matchAll(/\b[0-9a-f]{64}\b/g), ([digest]) => digest));
  return [...digests].reduce((same, digest, index) => {
    const other = createHash('sha256').update(`digest ${index}`).digest('hex');
    // The name of an upload has the first eight figures of one.
    return same.replaceAll(digest, other).replaceAll(digest.slice(0, 8), other.slice(0, 8));
  }, timed);
}
