import { isAscii, isUtf8 } from 'node:buffer';
import { cleanPath, MOST_IN_PATH } from '../../model/clean-path.ts';
import { type Detected, detect, readName } from '../../model/encoding/detect.ts';
import { ENCODINGS, type Encoding } from '../../model/encoding/encodings.ts';
import type { ViewProblem } from '../../model/view.ts';
import { FLAG, type ZipRecord } from './record.ts';

/** A parsed entry name: its safe path, or null when it must not be used for any file access. */
interface NamedEntry {
  /** Exactly as in the zip; for a name that is not UTF-8, one Latin-1 character per byte. */
  readonly rawName: string;
  readonly path: string | null;
  readonly problem: ViewProblem | null;
}

/** Fast path for most names: nothing to clean or check. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\/?$/;

const DRIVE = /^[A-Za-z]:/;

/** The detail of a `backslash-name` that keeps its backslashes: with slashes it would escape from the plugin. */
export const LEAVES_ON_WINDOWS = 'on Windows the name leads out of the plugin';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses an entry's name as eKuiper does: its bytes are the file's name, whatever the zip's UTF-8 flag, cleaned of
 * `./`, `//` and inner `..` (docs/files.md#zip-entry-names). eKuiper does not treat backslashes as separators; the
 * path has slashes instead, so that other rules do not report the same problem again, unless it would then escape
 * from the plugin: such a name stays a file name with backslashes. `encoding`: that of all names of the zip that are
 * not UTF-8; without it this name is judged alone. `isForeign`: the name has that encoding although it is valid UTF-8
 * too.
 */
export function nameEntry(bytes: Buffer, encoding?: Detected, isForeign = false): NamedEntry {
  const plain = bytes.toString('latin1');
  if (plain.length <= MOST_IN_PATH && PLAIN.test(plain))
    return { rawName: plain, path: plain.replace(/\/$/, ''), problem: null };
  const utf8Name = decode(bytes);
  const text = isForeign ? null : utf8Name;
  const rawName = utf8Name ?? plain;
  if (rawName === '') return refuse(rawName, 'bad-name', 'the name is empty');
  if (rawName.includes('\u0000')) return refuse(rawName, 'bad-name', 'the name holds a zero byte');
  // In a name that is not UTF-8, a backslash byte may be half of a character.
  const slashed = text === null ? rawName : rawName.replaceAll('\\', '/');
  const clean = cleanPath(rawName);
  if (leadsOut(clean)) return refuse(rawName, 'path-escape', 'the name leads out of the plugin');
  const stays = slashed !== rawName && leavesOnWindows(slashed);
  const path = (stays || slashed === rawName ? clean : cleanPath(slashed)).replace(/\/$/, '');
  // A zip allows 64 kB; handling 30,000 directories for each entry would take too long.
  if (Buffer.byteLength(path) > MOST_IN_PATH) {
    return refuse(rawName, 'bad-name', 'the name is longer than Linux takes');
  }
  const problem =
    text === null
      ? foreignName(rawName, bytes, encoding ?? encodingOfNames([bytes]))
      : (backslash(rawName, stays) ?? odd(rawName));
  return { rawName, path: path === '.' ? null : path, problem };
}

function leadsOut(clean: string): boolean {
  return clean.startsWith('/') || clean === '..' || clean.startsWith('../');
}

/** A drive letter has no meaning on a Linux server. */
function leavesOnWindows(slashed: string): boolean {
  return DRIVE.test(slashed) || leadsOut(cleanPath(slashed));
}

function refuse(rawName: string, kind: ViewProblem['kind'], detail: string): NamedEntry {
  return { rawName, path: null, problem: { kind, entry: rawName, detail } };
}

function backslash(rawName: string, stays: boolean): ViewProblem | null {
  if (!rawName.includes('\\')) return null;
  const detail = stays ? LEAVES_ON_WINDOWS : 'folders are separated by "\\"';
  return { kind: 'backslash-name', entry: rawName, detail };
}

function odd(rawName: string): ViewProblem | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0001-\u001f\u007f]/.test(rawName)) {
    return { kind: 'bad-name', entry: rawName, detail: 'the name holds a control character' };
  }
  if (!DRIVE.test(rawName)) return null;
  return { kind: 'bad-name', entry: rawName, detail: 'Windows takes its start for a drive' };
}

/** The problem of a name that is not UTF-8. */
export function foreignName(entry: string, bytes: Uint8Array, encoding: Detected): ViewProblem {
  const detail = `its bytes are not UTF-8; ${readingsText(bytes, encoding)}`;
  const encodings = encoding.likely.map(({ label }) => label);
  return { kind: 'foreign-name', entry, detail, encodings };
}

/** The name as a text that is different for every name. */
export function nameText(bytes: Buffer): string {
  return decode(bytes) ?? bytes.toString('latin1');
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The intended path of a name in another encoding; null when no encoding is sure or the name is invalid in it. */
export function meantPath(bytes: Buffer, { sure }: Detected): string | null {
  if (sure === null) return null;
  const text = readName(bytes, sure);
  return text === null ? null : nameEntry(Buffer.from(text)).path;
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
 * Detects the code page of the names: a zip cannot store it, and programs on Windows use that of the system. All
 * names that are not UTF-8 are examined together.
 */
export function encodingOfNames(names: readonly Uint8Array[]): Detected {
  return detect(names.filter((name) => !isUtf8(name)));
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

/** Code page numbers of Windows with their common names. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['cp936', 'gbk'],
  ['cp950', 'big5'],
]);

/** The encoding of a user-given name, in any usual spelling; null for an unknown one. */
export function encodingNamed(text: string): Encoding | null {
  const wanted = folded(NUMBERS.get(text.toLowerCase()) ?? text);
  const named = ENCODINGS.find(({ label, name, python, iconv }) =>
    [label, name, python, iconv].some((one) => folded(one) === wanted),
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

function folded(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, '');
}
