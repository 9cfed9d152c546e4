import { validUtf8 } from '../model/json/bytes.ts';
import { likelyEncoding } from '../model/text-encoding.ts';

/** How a text that is not UTF-8 is told: what it most likely is, and the first line that shows it. */
export interface WrongEncoding {
  /** `GBK`; null when nothing can be said. */
  readonly name: string | null;
  /** What it may be as well; empty where one guess is clearly the best. */
  readonly orElse: readonly string[];
  /** What Python's coding line calls it. */
  readonly python: string | null;
  /** The first line beyond ASCII, read so; empty when unknown. */
  readonly line: string;
  /** How many bytes come before the first that is not UTF-8. */
  readonly offset: number;
}

/** Null for UTF-8 with or without a mark. */
export function wrongEncoding(bytes: Uint8Array): WrongEncoding | null {
  const likely = likelyEncoding(bytes);
  const offset = validUtf8(bytes);
  if (likely === null) {
    return offset === bytes.length
      ? null
      : { name: null, orElse: [], python: null, line: '', offset };
  }
  const { name, orElse, python, text } = likely;
  return { name, orElse, python, line: firstWideLine(text), offset };
}

const LONGEST = 60;

function firstWideLine(text: string): string {
  const place = text.search(/[^\0-\x7f\ufeff]/);
  const start = place < 0 ? 0 : text.lastIndexOf('\n', place) + 1;
  const line =
    text
      .slice(start)
      .split(/[\r\n]/, 1)[0]
      ?.trim() ?? '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** `it looks like GBK: # 默认配置`, or what can be said without a guess. */
export function looksLike({ name, orElse, line }: WrongEncoding): string {
  // A line that is read in one of several ways would say that it is that one.
  if (name !== null && orElse.length > 0) return `it looks like ${[name, ...orElse].join(' or ')}`;
  if (name === null) return 'its encoding is not known';
  return line === '' ? `it looks like ${name}` : `it looks like ${name}: ${line}`;
}

export const SAVE_AS_UTF8 =
  'Save it as UTF-8 (VS Code: "Reopen with Encoding", then "Save with Encoding", UTF-8)';

/** The command that rewrites a file, or the advice for an editor. */
export function saveAsUtf8({ name, orElse }: WrongEncoding, path: string): string {
  // The wrong one of them would make other characters of the text, and lose what it was.
  if (orElse.length > 0) return `${SAVE_AS_UTF8}; look at the text before you save it`;
  const from = name === null ? null : (ICONV.get(name) ?? null);
  if (from === null || !/^[\w./-]+$/.test(path)) return SAVE_AS_UTF8;
  return `${SAVE_AS_UTF8}, or: iconv -f ${from} -t UTF-8 ${path} > utf8.tmp && mv utf8.tmp ${path}`;
}

const ICONV: ReadonlyMap<string, string> = new Map([
  ['GBK', 'GB18030'],
  ['Shift-JIS', 'CP932'],
  ['EUC-JP', 'EUC-JP'],
  ['Big5', 'BIG5'],
  ['EUC-KR', 'CP949'],
  ['Windows-1251', 'CP1251'],
  ['Windows-1252', 'CP1252'],
  ['UTF-16', 'UTF-16'],
]);
