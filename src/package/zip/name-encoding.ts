import { isAscii, isUtf8 } from 'node:buffer';
import { type Detected, detect } from '../../model/encoding/detect.ts';
import { ENCODINGS, type Encoding } from '../../model/encoding/encodings.ts';
import { readName } from '../../model/encoding/read-name.ts';
import { FLAG, type ZipRecord } from './record.ts';

/** Code page numbers of Windows with their common names. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['cp936', 'gbk'],
  ['cp950', 'big5'],
]);

/** The encoding of a user-given name, in any usual spelling; null for an unknown one. */
export function encodingNamed(text: string): Encoding | null {
  const wanted = plain(NUMBERS.get(text.toLowerCase()) ?? text);
  const named = ENCODINGS.find(({ label, name, python, iconv }) =>
    [label, name, python, iconv].some((one) => plain(one) === wanted),
  );
  if (named !== undefined) return named;
  const label = standardLabel(text);
  return ENCODINGS.find((encoding) => encoding.label === label) ?? null;
}

/** Its label in the WHATWG Encoding Standard, which includes `latin1` and `sjis`. */
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
 * Detects the code page of the names: a zip cannot store it, and programs on Windows use that of the system. All
 * names that are not UTF-8 are examined together.
 */
export function encodingOfNames(names: readonly Uint8Array[]): Detected {
  return detect(names.filter((name) => !isUtf8(name)));
}

/** The encoding of the names of a zip that are not UTF-8. */
export interface NamesIn {
  readonly encoding: Detected;
  /** Given by the user; otherwise valid UTF-8 is always read as UTF-8. */
  readonly isNamed: boolean;
}

/** Detects the encoding of all names of a zip together, unless the user gave one. */
export function namesInZip(records: readonly ZipRecord[], named: Encoding | null): NamesIn {
  if (named) return { encoding: { sure: named, likely: [named] }, isNamed: true };
  return { encoding: encodingOfNames(records.map(({ name }) => name)), isNamed: false };
}

/**
 * Decodes a name, or a link target, in the encoding of the zip's names: the alternative reading of bytes that may be
 * valid UTF-8 too. Null for ASCII, for valid UTF-8 with the zip's UTF-8 flag, and for text that is invalid in the
 * encoding.
 */
export function otherReading(
  bytes: Uint8Array,
  flags: number,
  { encoding: { sure } }: NamesIn,
): string | null {
  if (sure === null || isAscii(bytes)) return null;
  return (flags & FLAG.utf8) !== 0 && isUtf8(bytes) ? null : readName(bytes, sure);
}

/** `read as GBK (Chinese Windows) they are "模型.onnx"`; when no encoding is sure, all readings. */
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
