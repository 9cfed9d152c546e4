/**
 * A row as a source sends it: `{"message":…,"meta":…}` (docs/wire.md#data). Throws a TypeError for what is no JSON
 * object; eKuiper could not read it.
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

/** From here on it pays to look at a text before it is quoted; shorter ones cost next to nothing. */
const LONG = 2_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes.
const CONTROL_OR_SURROGATE = /[\u0000-\u001f\ud800-\udfff]/;

function objectText(value: object, what: string): string {
  const text: string | undefined = hasLongText(value) ? membersText(value) : JSON.stringify(value);
  if (text?.startsWith('{')) return text;
  throw new TypeError(`${what} must be an object, not ${text?.slice(0, 100)}`);
}

/** Only of an object that JSON.stringify takes as it is. */
function hasLongText(value: object): value is Record<string, unknown> {
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return false;
  for (const one of Object.values(value)) if (isLong(one)) return true;
  return false;
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.length >= LONG;
}

/** As JSON.stringify has it; it goes through a long text character by character, which takes twice as long. */
function membersText(row: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(row).map(([key, value]) =>
    isLong(value) && isPlain(value)
      ? `${JSON.stringify(key)}:"${value}"`
      : JSON.stringify({ [key]: value }).slice(1, -1),
  );
  return `{${members.filter((member) => member !== '').join(',')}}`;
}

/** Whether JSON has the text as it is, between quotes. */
function isPlain(text: string): boolean {
  return !text.includes('"') && !text.includes('\\') && !CONTROL_OR_SURROGATE.test(text);
}
