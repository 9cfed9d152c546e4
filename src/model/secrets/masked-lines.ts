import { MENTIONED, SECRET_WORD, VALUE_WORD, withoutPasswords } from './secret-keys.ts';
import { unescaped } from './unescaped.ts';
import { type OpenValue, valueFrom } from './value-end.ts';

const STARS = '***';

/** Files in which a key with such a name holds a secret; in a program it may be anything. */
const SETTINGS_FILE = /\.(?:ya?ml|json|toml|ini|conf|cfg|properties|env)$/i;
/** In these a space may stand between key and value, and a key in brackets stands above its settings. */
const SECTIONS_FILE = /\.(?:toml|ini|conf|cfg|properties)$/i;

/** Bounded, as all of these: a hostile line is long. */
const KEY = `(?:(?:${SECRET_WORD})[\\w.-]{0,64}|(?<![\\w.-])(?:user|db|auth|login|mqtt|smtp|sasl)?[-_]?(?:pass|pw))["']?`;
/** `password: x`, `"apiKey": "x"`, `token = x`: all of it up to the value. */
const SETTING = new RegExp(`${KEY}\\s{0,8}[:=]\\s{0,8}`, 'gi');
/** `password x` */
const SPACED = new RegExp(`^\\s{0,64}[\\w.-]{0,64}?${KEY}\\s{1,8}(?=\\S)`, 'gi');
/** `[password]` */
const SECTION = new RegExp(`^\\s{0,64}\\[{1,2}[^\\]",]{0,64}?${KEY}[^\\]",]{0,64}\\]`, 'i');
/** A key whose `:` comes on the next line, as JSON and the `?` of YAML have it. */
const KEY_ALONE = new RegExp(
  `(?:^\\s{0,64}(?:- )?\\?\\s.{0,64}?|["'][\\w.-]{0,64}?)${KEY}\\s{0,8}$`,
  'i',
);
/** `name: password`, `"key": "apiToken",` */
const NAMED = new RegExp(
  `\\b(?:name|key|id)["']?\\s{0,8}[:=]\\s{0,8}["']?[\\w.-]{0,64}?${KEY}\\s{0,8}(?:[,;}#]|$)`,
  'i',
);
/** Beside such a name, `value: x` is a setting too. */
const SETTING_OR_VALUE = new RegExp(
  `(?:${KEY}|\\b(?:${VALUE_WORD})["']?)\\s{0,8}[:=]\\s{0,8}`,
  'gi',
);
/** So many lines around a name may belong to the same thing. */
const NEAR = 50;

const QUOTED_KEY = String.raw`"(?:[^"\\]|\\.){0,200}"\s{0,8}[:=]`;
const NEXT_SECTION = /^\[{1,2}[^\]",]{1,200}\]/;
const NEXT_JSON_KEY = new RegExp(`^(?:${QUOTED_KEY}|[\\]}])`);
/** What a line begins with when it is not the value of a key above it. */
const NEXT_KEY = new RegExp(
  `^(?:${QUOTED_KEY}|'[^']{0,200}'\\s{0,8}[:=]|[\\w$@/.<~*&!][^:="'#]{0,200}[:=]|[\\]}]|\\? |---|\\.\\.\\.)|${NEXT_SECTION.source}`,
);

/** A value that may go on below. */
interface Open {
  /** Where its key begins: what stands further right belongs to it. */
  readonly column: number;
  readonly isComment: boolean;
  /** What a line begins with that does not belong to it. */
  readonly end: RegExp;
  /** A quote or a bracket of it that is not closed yet. */
  readonly inside: OpenValue | null;
  /** The value began in the line of the key: once it is closed, nothing of it comes below. */
  readonly isBehindKey: boolean;
}

interface Shown {
  readonly line: string;
  /** What goes on in the next line. */
  readonly open: Open | null;
}

interface Rules {
  readonly nextKey: RegExp;
  readonly hasSections: boolean;
}

/**
 * The lines of a file as they may be shown, as many as before: stars for each value of a key that holds a secret, be it
 * behind the key, below it, in brackets, in a text of several lines, or beside `name: password`. It goes by lines and not
 * by what a parser makes of them, since a file with a mistake is shown too, and rather hides too much. Linear.
 */
export function maskedLines(path: string, lines: readonly string[]): string[] {
  if (!SETTINGS_FILE.test(path)) return lines.map(withoutPasswords);
  const beside = besideNames(lines);
  const rules = {
    nextKey: /json$/i.test(path) ? NEXT_JSON_KEY : NEXT_KEY,
    hasSections: SECTIONS_FILE.test(path),
  };
  let open: Open | null = null;
  return lines.map((line, index) => {
    if (line.trim() === '') return line;
    const settings = beside.has(index) ? SETTING_OR_VALUE : SETTING;
    const shown: Shown =
      open === null || isEnd(open, line)
        ? withoutSettings(line, settings, rules)
        : insideValue(line, settings, open);
    open = shown.open;
    return shown.line;
  });
}

function isEnd({ column, isComment, inside, end }: Open, line: string): boolean {
  if (isComment !== isCommentLine(line)) return isComment;
  if (inside !== null) return false;
  const body = withoutMark(line);
  return columnOf(body) <= column && end.test(body.slice(columnOf(body)));
}

/** A line that belongs to the value of a key above it. */
function insideValue(line: string, settings: RegExp, open: Open): Shown {
  const shown = `${leadOf(line)}${STARS}`;
  const own = valueFrom(line, 0, open.inside);
  if (open.inside !== null && own.isWhole) {
    const next = lastValue(line, settings, own.end);
    if (next === null || next.isWhole) {
      return { line: shown, open: open.isBehindKey ? null : { ...open, inside: null } };
    }
    return { line: shown, open: { ...open, inside: next.open } };
  }
  const inside = own.open ?? (open.inside === null ? valueBehindKey(line) : null);
  return { line: shown, open: { ...open, inside } };
}

/** What the value of any key leaves open: below `credentials:` each of them is a secret. */
function valueBehindKey(line: string): OpenValue | null {
  const at = line.search(/[:=]/);
  return at < 0 ? null : valueFrom(line, at + 1, null).open;
}

/** A line without what stands behind its first key of a secret. */
function withoutSettings(line: string, settings: RegExp, rules: Rules): Shown {
  const open: Open = {
    column: columnOf(withoutMark(line)),
    isComment: isCommentLine(line),
    end: rules.nextKey,
    inside: null,
    isBehindKey: false,
  };
  if (isKeyEscaped(line)) return { line: `${leadOf(line)}${STARS}`, open };
  if (rules.hasSections && SECTION.test(line)) {
    return { line, open: { ...open, column: Number.POSITIVE_INFINITY, end: NEXT_SECTION } };
  }
  const from =
    endOfMatch(settings, line, 0) ?? (rules.hasSections ? endOfMatch(SPACED, line, 0) : null);
  if (from === null) {
    return { line: withoutPasswords(line), open: KEY_ALONE.test(line) ? open : null };
  }
  const first = valueFrom(line, from, null);
  const last = lastValue(line, settings, first.end) ?? first;
  const isBelow = OPENS.test(line.slice(from).trim());
  return {
    line: isBelow ? line : `${withoutPasswords(line.slice(0, from))}${STARS}`,
    open: last.isWhole ? null : { ...open, inside: last.open, isBehindKey: last.open !== null },
  };
}

/** The value comes on the lines below. */
const OPENS = /^(?:[[{\\]|[|>][-+\d]{0,2}(?:\s{1,8}#.{0,200})?)?$/;

/** The value of the last key of a secret behind a place; null when there is none. */
function lastValue(
  line: string,
  settings: RegExp,
  from: number,
): ReturnType<typeof valueFrom> | null {
  let last = null;
  for (let at = endOfMatch(settings, line, from); at !== null; ) {
    last = valueFrom(line, at, null);
    at = endOfMatch(settings, line, last.end);
  }
  return last;
}

function endOfMatch(pattern: RegExp, line: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.exec(line) === null ? null : pattern.lastIndex;
}

/** `"pass\u0077ord": x` */
function isKeyEscaped(line: string): boolean {
  return /\\[uUx]/.test(line) && !MENTIONED.test(line) && MENTIONED.test(unescaped(line));
}

/** Lines that belong to the same thing as a `name: password`. */
function besideNames(lines: readonly string[]): ReadonlySet<number> {
  const beside = new Set<number>();
  lines.forEach((line, index) => {
    if (!NAMED.test(line)) return;
    const column = columnOf(line);
    beside.add(index);
    for (
      let at = index + 1;
      at <= index + NEAR && leadOf(lines[at] ?? '').length >= column;
      at += 1
    ) {
      beside.add(at);
    }
    for (let at = index; at > index - NEAR && leadOf(lines[at] ?? '').length >= column; ) {
      at -= 1;
      if (columnOf(lines[at] ?? '') < column) break;
      beside.add(at);
    }
  });
  return beside;
}

const leadOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';

/** Where the first key of a line begins, behind the dashes of a list. */
const columnOf = (line: string): number => /^\s*(?:- {1,8})*/.exec(line)?.[0].length ?? 0;

const isCommentLine = (line: string): boolean => line.trimStart().startsWith('#');

const withoutMark = (line: string): string => (isCommentLine(line) ? line.replace('#', ' ') : line);
