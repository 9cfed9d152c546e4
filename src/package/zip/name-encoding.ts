import { isAscii, isUtf8 } from 'node:buffer';
import { type Detected, detect } from '../../model/encoding/detect.ts';
import { ENCODINGS, type Encoding } from '../../model/encoding/encodings.ts';
import { readName } from '../../model/encoding/read-name.ts';
import { FLAG, type ZipRecord } from './record.ts';

/** Windows' numbers for what the others call otherwise. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['cp936', 'gbk'],
  ['cp950', 'big5'],
]);

/** The encoding that somebody says the names are in, by any usual name; null for a word that names none. */
export function encodingNamed(text: string): Encoding | null {
  const wanted = plain(NUMBERS.get(text.toLowerCase()) ?? text);
  const named = ENCODINGS.find(({ label, name, python, iconv }) =>
    [label, name, python, iconv].some((one) => plain(one) === wanted),
  );
  if (named !== undefined) return named;
  const label = standardLabel(text);
  return ENCODINGS.find((encoding) => encoding.label === label) ?? null;
}

/** What browsers call it: `latin1` and `sjis` are among their names. */
function standardLabel(text: string): string | null {
  try {
    return new TextDecoder(text).encoding;
  } catch {
    return null;
  }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, '');
}

/**
 * The code page in which a program wrote names: zips have no place to say it, and programs on Windows take that of the
 * system. All that are not UTF-8 are judged together.
 */
export function encodingOfNames(names: readonly Uint8Array[]): Detected {
  return detect(names.filter((name) => !isUtf8(name)));
}

/** What the names of a zip that are not in UTF-8 are in. */
export interface NamesIn {
  readonly encoding: Detected;
  /** By somebody who knows it; otherwise all that is UTF-8 is taken for that. */
  readonly isNamed: boolean;
}

/** Judges all names of a zip together, where nobody names their encoding. */
export function namesInZip(records: readonly ZipRecord[], named: Encoding | null): NamesIn {
  if (named) return { encoding: { sure: named, likely: [named] }, isNamed: true };
  return { encoding: encodingOfNames(records.map(({ name }) => name)), isNamed: false };
}

/**
 * What a name, or what a link says, is in the encoding of the zip's names: the second reading of bytes that may be UTF-8
 * as well. Null for ASCII, for what has the zip's UTF-8 flag and is UTF-8, and for what is no text in it.
 */
export function otherReading(
  bytes: Uint8Array,
  flags: number,
  { encoding: { sure } }: NamesIn,
): string | null {
  if (sure === null || isAscii(bytes)) return null;
  return (flags & FLAG.utf8) !== 0 && isUtf8(bytes) ? null : readName(bytes, sure);
}

/** `read as GBK (Chinese Windows) they are "模型.onnx"`; where nothing is sure, each of the readings. */
export function readingsText(name: Uint8Array, { sure, likely }: Detected): string {
  const readings = likely.flatMap((encoding) => {
    const text = readName(name, encoding);
    return text === null ? [] : [{ encoding, text: JSON.stringify(text) }];
  });
  const [first] = readings;
  if (first === undefined) return 'in no encoding that kplugin knows they are likely words';
  if (sure !== null) {
    return `probably ${first.encoding.name} (${first.encoding.from}): ${first.text}`;
  }
  const each = readings.map(({ encoding, text }) => `${text} in ${encoding.name}`);
  return `they may be ${each.join(' or ')}`;
}
