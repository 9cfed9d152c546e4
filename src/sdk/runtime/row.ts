/**
 * A row as a source sends it: `{"message":…,"meta":…}` (protocol.md §5). Throws a TypeError for what is no JSON object; eKuiper
 * could not read it.
 */
export function rowText(row: object, meta: object | null | undefined): string {
  const message = objectText(row, 'a row');
  if (meta === null || meta === undefined) return `{"message":${message},"meta":null}`;
  return `{"message":${message},"meta":${objectText(meta, 'meta')}}`;
}

/**
 * An error as the Go SDK sends it: a JSON text inside a JSON text, at which eKuiper 2.x stumbles aloud, so that the
 * error shows in the rule. A plain `{"error":…}` would be dropped in silence.
 */
export function errorRowText(error: string): string {
  return JSON.stringify(JSON.stringify({ error }));
}

function objectText(value: object, what: string): string {
  const text: string | undefined = JSON.stringify(value);
  if (text?.startsWith('{')) return text;
  throw new TypeError(`${what} must be an object, not ${text?.slice(0, 100)}`);
}
