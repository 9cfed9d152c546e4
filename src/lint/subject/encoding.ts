import {
  type LikelyEncoding,
  likelyEncoding,
  type Reading,
} from '../../model/encoding/text-encoding.ts';
import { validUtf8 } from '../../model/json/bytes.ts';
import { maskedText } from '../../model/secrets/masked-lines.ts';
import { fileWord } from '../../model/shell-word.ts';

/** A text that is not UTF-8: its likely encoding, and where the invalid bytes begin. */
export interface WrongEncoding extends LikelyEncoding {
  /** Number of bytes before the first invalid one. */
  readonly offset: number;
}

/** Null for UTF-8, with or without a byte order mark. */
export function wrongEncoding(bytes: Uint8Array): WrongEncoding | null {
  const likely = likelyEncoding(bytes);
  return likely && { ...likely, offset: validUtf8(bytes) };
}

const LONGEST = 60;

/** Secrets in the line are masked, as in the source lines below findings. */
function short(line: string): string {
  const shown = maskedText(line);
  const chars = Array.from(shown);
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST).join('')}…` : shown;
}

/**
 * `it is probably GBK: # 默认配置`; when several encodings are plausible, the text in each of them. When only some lines
 * are not UTF-8, the text is about these lines.
 */
export function looksLike(wrong: WrongEncoding): string {
  const { isSure, readings, damage } = wrong;
  if (damage === null) return wholeLooksLike(wrong);
  const where = linesText(damage.lines);
  if (damage.isOpen) {
    const other = readings.length === 0 ? '' : `, or ${mayBe(readings)}`;
    return `a character in ${where} is truncated${other}`;
  }
  const [best] = readings;
  if (best === undefined) return `characters in ${where} are damaged; all others are UTF-8`;
  const is = damage.lines.length === 1 ? 'is' : 'are';
  const as = isSure ? `probably ${best.name}: ${short(best.line)}` : `${mayBe(readings)}`;
  return `${where} ${is} in another encoding than the rest; ${isSure ? 'it is ' : ''}${as}`;
}

function wholeLooksLike({ isSure, readings }: WrongEncoding): string {
  const [best] = readings;
  if (best === undefined) return 'its encoding is not known';
  if (!isSure) return mayBe(readings);
  const line = short(best.line);
  return `it is probably ${best.name}${line === '' ? '' : `: ${line}`}`;
}

function mayBe(readings: readonly Reading[]): string {
  return `it may be ${readings.map(({ name, line }) => `${name} (${short(line)})`).join(' or ')}`;
}

const MOST_LINES = 3;

function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`;
  const first = lines.slice(0, MOST_LINES);
  const more = lines.length - first.length;
  const last = more > 0 ? `${more} more` : String(first.pop());
  return `lines ${first.join(', ')} and ${last}`;
}

const SAVE_AS_UTF8 =
  'Save it as UTF-8 (VS Code: "Reopen with Encoding", then "Save with Encoding", UTF-8)';

/**
 * Advice for an editor, followed by a command that converts the file to UTF-8. `instead`: an alternative, `; or …`. A
 * file of which only some lines are not UTF-8 must not be converted as a whole.
 */
export function saveAsUtf8(
  { readings, damage, isSure }: WrongEncoding,
  path: string,
  instead = '',
): string {
  if (damage !== null) {
    const where = linesText(damage.lines);
    const write = `Write ${where} anew and save the file as UTF-8`;
    return damage.isOpen ? write : `${write}; iconv would spoil what is UTF-8 already`;
  }
  const [best] = readings;
  if (best === undefined) return `${SAVE_AS_UTF8}${instead}; look at the text before you save it`;
  const [file, copy] = [fileWord(path), fileWord(`${path}.utf8`)];
  const command = `iconv -f ${best.iconv} -t UTF-8 ${file} > ${copy} && mv ${copy} ${file}`;
  const others = readings.slice(1).map(({ iconv }) => iconv);
  const which =
    others.length > 0
      ? `where ${best.name} is what reads well (otherwise with -f ${others.join(' or -f ')}), `
      : isSure
        ? ''
        : `where ${best.name} reads well, `;
  const start = `${which}this does it in the folder of the project`;
  return `${SAVE_AS_UTF8}${instead}. ${start.charAt(0).toUpperCase()}${start.slice(1)}: ${command}`;
}

/** The advice for a text that is UTF-8 with a byte-order mark, which nothing but the mark is wrong with. */
export function saveWithoutMark(path: string): string {
  const command = `sed -i '1s/^\\xEF\\xBB\\xBF//' ${fileWord(path)}`;
  return `Save it as UTF-8 without BOM (VS Code: "Save with Encoding", UTF-8). GNU sed does it in the folder of the project: ${command}`;
}
