const LONGEST = 200;

/** The beginning of received bytes, for a message. */
export function excerpt(body: Uint8Array | string): string {
  const isText = typeof body === 'string';
  // A character has at most four bytes; some more keep the last one whole.
  const text = isText ? body : Buffer.from(body.subarray(0, 4 * LONGEST + 4)).toString('utf8');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${body.length} in all)` : text;
}
