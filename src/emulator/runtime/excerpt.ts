const LONGEST = 200;

/** The beginning of what came over a wire, for a message that people read. */
export function excerpt(body: Uint8Array | string): string {
  const isText = typeof body === 'string';
  // Four bytes at most for a character, and some more so that the last one is whole.
  const text = isText ? body : Buffer.from(body.subarray(0, 4 * LONGEST + 4)).toString('utf8');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${body.length} in all)` : text;
}
