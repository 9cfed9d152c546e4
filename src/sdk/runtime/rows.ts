import type { Row } from '../api/context.ts';
import type { Batch } from '../api/sink.ts';
import { isObject } from './command.ts';

/** From this length on it is faster to check whether a text needs escapes before it is quoted. */
const LONG = 2_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes.
const CONTROL_OR_SURROGATE = /[\u0000-\u001f\ud800-\udfff]/;

/** A message to a sink that is decoded once, on first access. */
export class ReceivedBatch implements Batch {
  readonly bytes: Uint8Array;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined;
  #rows: readonly Row[] | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get text(): string {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#text ??= Buffer.from(buffer, byteOffset, byteLength).toString();
    return this.#text;
  }

  get json(): unknown {
    this.#json ??= { value: parsed(this.text) };
    return this.#json.value;
  }

  get rows(): readonly Row[] {
    const { json } = this;
    this.#rows ??= (Array.isArray(json) ? json : [json]).filter(isObject);
    return this.#rows;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Encodes a row of a source: `{"message":…,"meta":…}` (docs/wire.md#data). Throws a TypeError for anything but a JSON
 * object, which eKuiper could not decode.
 */
export function rowText(row: object, meta: object | null | undefined): string {
  const message = objectText(row, 'a row');
  if (meta === null || meta === undefined) return `{"message":${message},"meta":null}`;
  return `{"message":${message},"meta":${objectText(meta, 'meta')}}`;
}

/**
 * Encodes an error as the Go SDK does: a JSON text inside a JSON string. eKuiper 2.x fails to decode it and reports
 * that in the rule; a plain `{"error":…}` would be dropped silently.
 */
export function errorRowText(error: string): string {
  return JSON.stringify(JSON.stringify({ error }));
}

function objectText(value: object, what: string): string {
  const text: string | undefined = hasLongText(value) ? membersText(value) : JSON.stringify(value);
  if (text?.startsWith('{')) return text;
  throw new TypeError(`${what} must be an object, not ${text?.slice(0, 100)}`);
}

/** Only for an object that JSON.stringify would encode without changes. */
function hasLongText(value: object): value is Record<string, unknown> {
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return false;
  for (const one of Object.values(value)) if (isLong(one)) return true;
  return false;
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.length >= LONG;
}

/** The same result as JSON.stringify, which reads a long text character by character and takes twice as long. */
function membersText(row: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(row).map(([key, value]) =>
    isLong(value) && isPlain(value)
      ? `${JSON.stringify(key)}:"${value}"`
      : JSON.stringify({ [key]: value }).slice(1, -1),
  );
  return `{${members.filter((member) => member !== '').join(',')}}`;
}

/** Whether the text needs no escapes in JSON. */
function isPlain(text: string): boolean {
  return !text.includes('"') && !text.includes('\\') && !CONTROL_OR_SURROGATE.test(text);
}
