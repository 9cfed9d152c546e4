import { decodeGoUtf8 } from '../json/bytes.ts';
import type { YamlScalarNode } from './node.ts';

/**
 * A scalar as Go resolves it. `int`: digits of any length, because Go's integers go up to 2^64 - 1. `timestamp`: in
 * RFC 3339.
 */
export type YamlScalar =
  | { readonly type: 'null'; readonly tag: string }
  | { readonly type: 'string'; readonly tag: string; readonly value: string }
  | { readonly type: 'bool'; readonly tag: string; readonly value: boolean }
  | { readonly type: 'int'; readonly tag: string; readonly value: bigint }
  | { readonly type: 'float'; readonly tag: string; readonly value: number }
  | { readonly type: 'timestamp'; readonly tag: string; readonly value: string };

/** `other`: a value that JSON does not have, such as `.nan` or bytes. */
type CoreScalar =
  | { readonly type: 'null' | 'other' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

const LONG = 'tag:yaml.org,2002:';

const WORDS: ReadonlyMap<string, YamlScalar> = new Map<string, YamlScalar>([
  ...['true', 'True', 'TRUE'].map((word) => [word, boolOf(true)] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, boolOf(false)] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(
    (word) => [word, { type: 'null', tag: '!!null' }] as const,
  ),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, floatOf(Number.NaN)] as const),
  ...['.inf', '.Inf', '.INF'].flatMap((word) => [
    [word, floatOf(Number.POSITIVE_INFINITY)] as const,
    [`+${word}`, floatOf(Number.POSITIVE_INFINITY)] as const,
    [`-${word}`, floatOf(Number.NEGATIVE_INFINITY)] as const,
  ]),
]);

const KNOWN: ReadonlySet<string> = new Set(['!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

const SHAPE =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|( +))(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** Longer texts do not fit into 64 bits, and converting them would take long. */
const LONGEST_INT = 100;

/** Fast path for most numbers: a text may have half a million of them. */
const SHORT_INT = /^(?:0|[1-9][0-9]{0,14})$/;

const INT = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const CORE_NULL = { type: 'null' } as const;
const OTHER = { type: 'other' } as const;

const CORE_WORDS: ReadonlyMap<string, CoreScalar> = new Map<string, CoreScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, CORE_NULL] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'boolean', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'boolean', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, OTHER] as const),
  ...['.inf', '.Inf', '.INF'].flatMap((word) =>
    ['', '+', '-'].map((sign) => [sign + word, OTHER] as const),
  ),
]);

/** The tags of the core schema, each with a test whether a scalar fits. */
const TAGGED: ReadonlyMap<string, (scalar: CoreScalar, text: string) => boolean> = new Map([
  ['!!null', ({ type }) => type === 'null'],
  ['!!bool', ({ type }) => type === 'boolean'],
  ['!!int', (_, text) => INT.test(text)],
  ['!!float', ({ type }) => type === 'number' || type === 'other'],
]);

/** `tag:yaml.org,2002:int` → `!!int`; others stay unchanged. */
export function shortTag(tag: string): string {
  return tag.startsWith(LONG) ? `!!${tag.slice(LONG.length)}` : tag;
}

function boolOf(value: boolean): YamlScalar {
  return { type: 'bool', tag: '!!bool', value };
}

function floatOf(value: number): YamlScalar {
  return { type: 'float', tag: '!!float', value };
}

/**
 * Resolves a scalar that has a tag or no quotes, as Go does. `tag`: empty for none; an unknown one gives a text. When
 * the text does not fit a known tag, the result has the tag of the text instead. Source: yaml.v3 resolves `true` but
 * not `yes`, `0o7`, `07`, `0x7`, `0b1`, `1_000`, dates and times.
 */
export function resolveScalar(tag: string, text: string): YamlScalar {
  if (tag === '!!str' || (tag !== '' && !KNOWN.has(tag)))
    return { type: 'string', tag, value: text };
  return (
    WORDS.get(text) ??
    numberOf(text, tag === '' || tag === '!!timestamp') ?? {
      type: 'string',
      tag: '!!str',
      value: text,
    }
  );
}

/** Resolves a scalar to the type of its tag; null when the text does not fit, which Go rejects. */
export function taggedScalar(tag: string, text: string): YamlScalar | null {
  if (tag === '!!binary') {
    const value = binaryOf(text);
    return value === null ? null : { type: 'string', tag, value };
  }
  const scalar = resolveScalar(tag, text);
  if (tag === '!!float' && scalar.type === 'int' && scalar.value < 2n ** 63n) {
    return floatOf(Number(scalar.value));
  }
  return scalar.tag === tag ? scalar : null;
}

function numberOf(text: string, mayBeTime: boolean): YamlScalar | null {
  if (text.startsWith('.')) return dottedOf(text);
  if (!/^[-+0-9]/.test(text)) return null;
  if (mayBeTime && isTimestamp(text)) {
    const value = timestampOf(text);
    if (value !== null) return { type: 'timestamp', tag: '!!timestamp', value };
  }
  const plain = text.replaceAll('_', '');
  const int = intOf(plain);
  if (int !== null) return { type: 'int', tag: '!!int', value: int };
  return FLOAT.test(plain) ? finite(plain) : null;
}

/** `.5`: underscores are allowed only between digits here. */
function dottedOf(text: string): YamlScalar | null {
  return /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/.test(text)
    ? finite(text.replaceAll('_', ''))
    : null;
}

function finite(text: string): YamlScalar | null {
  const value = Number(text);
  return Number.isFinite(value) ? floatOf(value) : null;
}

/** Parses as Go's ParseInt with base 0: the prefix gives the base, a leading zero means octal. */
function intOf(plain: string): bigint | null {
  if (SHORT_INT.test(plain)) return BigInt(plain);
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(plain);
  const [, sign = '', digits = ''] = match ?? [];
  if (!match) return signedAfterPrefix(plain);
  const significant = digits.replace(/^(0[xXbBoO]?)0*(?=.)/, '$1');
  if (significant.length > LONGEST_INT) return null;
  const value = BigInt(/^0[0-7]/.test(significant) ? `0o${significant.slice(1)}` : significant);
  if (sign === '-') return value <= 2n ** 63n ? -value : null;
  return value < (sign === '' ? 2n ** 64n : 2n ** 63n) ? value : null;
}

/** Parses `0b-1` and `0o+7`, which Go accepts too. */
function signedAfterPrefix(plain: string): bigint | null {
  const match = /^0(b[-+][01]{1,64}|o[-+][0-7]{1,22})$/.exec(plain);
  if (!match) return null;
  const value = BigInt(`0${plain.charAt(1)}${plain.slice(3)}`);
  if (plain.charAt(2) === '-') return value <= 2n ** 63n ? -value : null;
  return value < 2n ** 63n ? value : null;
}

/** Decodes base64; null when it is invalid. Line ends are allowed anywhere. */
function binaryOf(text: string): string | null {
  const digits = text.replace(/[\r\n]/g, '');
  const isBase64 = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
  return isBase64 ? decodeGoUtf8(Buffer.from(digits, 'base64')) : null;
}

/** Fast check whether a text can be a time. */
function isTimestamp(text: string): boolean {
  return /^\d{4}-\d/.test(text);
}

/**
 * Converts an unquoted date or time that yaml.v3 accepts to the format of Go's JSON (RFC 3339); null for any other
 * text. After `T` a zone is required, after a space none is allowed.
 */
function timestampOf(text: string): string | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, year = '', month = '', day = '', space, hour, minute = '', second = '', fraction, zone] =
    match;
  const date = [year, two(month), two(day)].join('-');
  if (!isDate(Number(year), Number(month), Number(day))) return null;
  if (hour === undefined) return `${date}T00:00:00Z`;
  if ((space === undefined) !== (zone !== undefined)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = offsetOf(zone ?? 'Z');
  if (offset === null) return null;
  const time = [two(hour), two(minute), two(second)].join(':');
  return `${date}T${time}${shortFraction(fraction)}${offset}`;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** Nanoseconds without trailing zeros; further digits are dropped. */
function shortFraction(fraction: string | undefined): string {
  const digits = (fraction ?? '').slice(0, 9).replace(/0{1,9}$/, '');
  return digits === '' ? '' : `.${digits}`;
}

/** Formats a zone offset; `+00:00` becomes `Z`; null for one that Go rejects. */
function offsetOf(zone: string): string | null {
  if (zone === 'Z') return zone;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 24 || minutes > 60) return null;
  const total = hours * 60 + minutes;
  if (total === 0) return 'Z';
  return `${zone.charAt(0)}${two(String(Math.floor(total / 60)))}:${two(String(total % 60))}`;
}

/**
 * Resolves a scalar by the core schema of YAML 1.2, unlike yaml.v3: `yes`, `1_000` and dates are texts, `0777` is
 * 777. A text that does not fit its tag stays a text, and so does one with an unknown tag. Source: YAML 1.2.2,
 * 10.3.2.
 */
export function coreScalar({ form, tag, value }: YamlScalarNode): CoreScalar {
  if (form === 'plain') return plainScalar(value);
  if (form === 'tagged') {
    if (tag === '!!binary' || tag === '!!timestamp') return OTHER;
    const plain = plainScalar(value);
    if (TAGGED.get(tag)?.(plain, value)) return plain;
  }
  return { type: 'string', value };
}

function plainScalar(text: string): CoreScalar {
  const word = CORE_WORDS.get(text);
  if (word) return word;
  if (!/^[-+.0-9]/.test(text) || !(INT.test(text) || FLOAT.test(text))) {
    return { type: 'string', value: text };
  }
  const value = Number(text);
  return Number.isFinite(value) ? { type: 'number', value } : OTHER;
}
