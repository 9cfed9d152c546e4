import { SECRET_WORD, SHORT_WORD, VALUE_WORD } from './secret-keys.ts';

/** The format of a text, which decides where the value of a key may be. */
export type TextKind = 'json' | 'yaml' | 'markup' | 'prose' | 'shell' | 'settings';

/** All quantifiers are bounded, because an untrusted line may be long. */
const SHORT = `(?<![\\w.-])${SHORT_WORD}`;

const KEY = `(?:(?:${SECRET_WORD})[\\w.-]{0,64}|${SHORT})(?:\\\\{0,8}["'])?`;

/** What may follow such a word before the sign: `password of the db (test)[0] += x`. */
const REST = String.raw`[\w.\-/()[\]@+\s\\*"'$]{0,200}?`;

const NAME = `(?:${SECRET_WORD})`;

/** `password: x`, `"apiKey": "x"`, `token = x`: up to the value. */
const SETTING = `(?:${NAME}${REST}|${SHORT}["']?\\s{0,200})[:=]\\s{0,200}`;

const IN_PROSE = `(?:${NAME}${REST}|${SHORT}["']?\\s{0,200})[:=|]\\s{0,200}`;
const IN_MARKUP = `(?:${NAME}[\\w.\\-/<:="'\\s]{0,200}?|${SHORT}\\s{0,8})[:=>]\\s{0,200}`;

/** Next to the name of a secret, `value: x` is a setting too. */
const VALUE = `\\b(?:${VALUE_WORD})["']?\\s{0,8}[:=]\\s{0,8}`;

interface Settings {
  readonly own: RegExp;
  readonly besideName: RegExp;
}

const settingsOf = (form: string): Settings => ({
  own: new RegExp(`${form}`, 'gi'),
  besideName: new RegExp(`${form}|${VALUE}`, 'gi'),
});

const ORDINARY = settingsOf(SETTING);

export const SETTINGS: Readonly<Record<TextKind, Settings>> = {
  json: ORDINARY,
  yaml: ORDINARY,
  settings: ORDINARY,
  shell: ORDINARY,
  markup: settingsOf(IN_MARKUP),
  prose: settingsOf(IN_PROSE),
};

/** `password x`, `set password x`, `ENV PASSWORD x` */
export const SPACED = new RegExp(
  `^\\s{0,64}(?:[^\\s:=]{1,64}\\s{1,8}){0,2}?[^\\s:=]{0,64}?${KEY}\\s{1,200}(?=[^\\s:=])`,
  'gi',
);

/** `[password]` */
export const SECTION = new RegExp(`^\\s{0,64}\\[{1,2}[^\\]",]{0,64}?${KEY}[^\\]",]{0,64}\\]`, 'i');

/** A key whose `:` follows on the next line, as JSON and the `?` of YAML allow. */
export const KEY_ALONE = new RegExp(
  `(?:^\\s{0,64}(?:- )?\\?\\s.{0,64}?|["'][\\w.-]{0,64}?)${KEY}\\s{0,8}$`,
  'i',
);

/** For formats without signs and quotes. */
export const WORD_ALONE = new RegExp(`^[^:=]{0,64}?${KEY}\\s{0,64}$`, 'i');

/** `name: password`, `"key": "apiToken",` */
export const NAMED = new RegExp(
  `\\b(?:name|key|id)["']?\\s{0,8}[:=]\\s{0,8}["']?[\\w.-]{0,64}?${KEY}\\s{0,8}(?:[,;}#/>]|\\bvalue|$)`,
  'i',
);

const QUOTED_KEY = String.raw`"(?:[^"\\]|\\.){0,200}"\s{0,8}[:=]`;
export const NEXT_SECTION = /^\[{1,2}[^\]",]{1,200}\]/;
const NEXT_JSON_KEY = new RegExp(`^(?:${QUOTED_KEY}|[\\]}])`);

/** A line start that is not the value of a key above it. */
const NEXT_KEY = new RegExp(
  `^(?:${QUOTED_KEY}|'[^']{0,200}'\\s{0,8}[:=]|[\\w$@/.<~*&!][^:="'#]{0,200}[:=]|[\\]}]|\\? |---|\\.\\.\\.)|${NEXT_SECTION.source}`,
);

export const NEXT_LINE: Readonly<Record<TextKind, RegExp>> = {
  json: NEXT_JSON_KEY,
  yaml: NEXT_KEY,
  settings: NEXT_KEY,
  shell: /^/,
  markup: /^<(?:\/|key\b)/i,
  prose: /^/,
};

const OPENS = /^(?:[[{\\]|[|>][-+\d]{0,2}(?:\s{1,8}#.{0,200})?)?$/;

/** White space, list and key indicators, tags and anchors. */
const FRONT = /\s{0,200}(?:(?:[-?:]|[&!*][^\s,[\]{}]{0,200})\s{1,8}){0,8}/y;

const QUOTES = /"""|'''|"|'/y;

/** Longer runs are not counted; the line then counts as continued. */
const MOST_BACKSLASHES = 1000;

/** An unfinished value of YAML, JSON, TOML or .properties at the end of a line. */
export interface OpenValue {
  /** `"`, `'`, `"""` or `'''`; empty outside of strings. */
  readonly quote: string;
  /** Number of open brackets. */
  readonly depth: number;
  /** The line ends with an unescaped backslash. */
  readonly isContinued: boolean;
}

const PLAIN: OpenValue = { quote: '', depth: 0, isContinued: true };

/** Whether the value follows on the next lines. */
export function isOnlyOpening(text: string): boolean {
  return OPENS.test(text.trim());
}

interface ValueEnd {
  /** Where the search continues in this line. */
  readonly end: number;
  /** The value is in quotes or brackets and closed: nothing follows below. */
  readonly isWhole: boolean;
  readonly open: OpenValue | null;
}

/** Follows a value from `from` on, or the open value of the line above, to its end or the end of the line. */
export function valueFrom(line: string, from: number, above: OpenValue | null): ValueEnd {
  FRONT.lastIndex = from;
  const start = above === null && FRONT.test(line) ? FRONT.lastIndex : from;
  const isContinued = endsInBackslash(line);
  let quote = above?.quote ?? '';
  let depth = above?.depth ?? 0;
  for (let at = start; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== '') {
      if (char === '\\' && quote.startsWith('"')) at += 1;
      else if (line.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = '';
        if (depth === 0) return { end: at + 1, isWhole: true, open: null };
      }
      continue;
    }
    QUOTES.lastIndex = at;
    const opens = isTokenStart(line, at, start) ? (QUOTES.exec(line)?.[0] ?? '') : '';
    if (opens !== '') {
      quote = opens;
      at += opens.length - 1;
    } else if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    else if (char === '#' && /\s/.test(line.charAt(at - 1))) break;
    else if (depth === 0) return { end: at, isWhole: false, open: isContinued ? PLAIN : null };
    if (quote === '' && depth <= 0) return { end: at + 1, isWhole: true, open: null };
  }
  const open = quote !== '' || depth > 0 ? { quote, depth, isContinued: false } : null;
  return { end: line.length, isWhole: false, open: open ?? (isContinued ? PLAIN : null) };
}

/** Whether an odd number of backslashes ends the line, so that the last one is not escaped. */
export function endsInBackslash(line: string): boolean {
  let count = 0;
  while (count < MOST_BACKSLASHES && line[line.length - 1 - count] === '\\') count += 1;
  return count % 2 === 1 || count === MOST_BACKSLASHES;
}

/** Whether a `'` can start a string; elsewhere it is an apostrophe. */
function isTokenStart(line: string, at: number, start: number): boolean {
  return at === start || /[\s[{,:=(]/.test(line.charAt(at - 1));
}
