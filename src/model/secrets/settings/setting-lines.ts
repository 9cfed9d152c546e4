import { weakValueAt } from '../forms/real-values.ts';
import { unescaped } from '../forms/unescaped.ts';
import { MENTIONED, SECRET_WORD } from './secret-keys.ts';
import {
  endsInBackslash,
  isOnlyOpening,
  KEY_ALONE,
  NAMED,
  NEXT_LINE,
  NEXT_SECTION,
  type OpenValue,
  SECTION,
  SETTINGS,
  SPACED,
  type TextKind,
  valueFrom,
  WORD_ALONE,
} from './setting-forms.ts';

/** Number of lines around a name that may belong to the same object. */
const NEAR = 50;

/** A value that may continue on the next line. */
interface Open {
  /** The column of its key: lines that are indented more belong to it. */
  readonly column: number;
  readonly isComment: boolean;
  /** The start of a line that does not belong to it. */
  readonly end: RegExp;
  /** Its quote or bracket that is not closed yet. */
  readonly inside: OpenValue | null;
  /** The value starts in the line of the key: after its end nothing follows below. */
  readonly isBehindKey: boolean;
}

interface Shown {
  /** The line is hidden from this column on; null for none. */
  readonly from: number | null;
  /** The value that continues on the next line. */
  readonly open: Open | null;
}

interface Rules {
  readonly nextKey: RegExp;
  readonly setting: RegExp;
  /** A space may separate key and value, and a key in brackets may precede its settings. */
  readonly isLoose: boolean;
}

/**
 * Returns the column from which each line is hidden because the value of a secret key starts there or continues; null
 * for none. Decides by the text of the lines alone. Linear.
 */
export function hiddenInSettings(lines: readonly string[], kind: TextKind): (number | null)[] {
  const beside = besideNames(lines);
  const isLoose = kind === 'settings';
  const joined: ReadonlySet<number> = isLoose ? inJoinedKeys(lines) : new Set();
  const alone = { nextKey: NEXT_LINE[kind], setting: SETTINGS[kind].own, isLoose };
  const named = { ...alone, setting: SETTINGS[kind].besideName };
  let open: Open | null = null;
  return lines.map((line, index) => {
    if (line.trim() === '') return null;
    const rules = beside.has(index) ? named : alone;
    const shown: Shown =
      open === null || isEnd(open, line)
        ? withoutSettings(line, rules)
        : insideValue(line, rules.setting, open);
    open = shown.open;
    return joined.has(index) ? leadOf(line).length : shown.from;
  });
}

function isEnd({ column, isComment, inside, end }: Open, line: string): boolean {
  if (isComment !== isCommentLine(line)) return isComment;
  if (inside !== null) return false;
  const body = withoutMark(line);
  return columnOf(body) <= column && end.test(body.slice(columnOf(body)));
}

/** Handles a line that belongs to the value of a key above it. */
function insideValue(line: string, settings: RegExp, open: Open): Shown {
  const from = leadOf(line).length;
  const own = valueFrom(line, 0, open.inside);
  if (open.inside !== null && own.isWhole) {
    const next = lastValue(line, settings, own.end);
    if (next === null || next.isWhole) {
      return { from, open: open.isBehindKey ? null : { ...open, inside: null } };
    }
    return { from, open: { ...open, inside: next.open } };
  }
  const inside = own.open ?? (open.inside === null ? valueBehindKey(line) : null);
  return { from, open: { ...open, inside } };
}

/** The open value of any key: below `credentials:` every value is a secret. */
function valueBehindKey(line: string): OpenValue | null {
  const at = line.search(/[:=]/);
  return at < 0 ? null : valueFrom(line, at + 1, null).open;
}

/** Handles a line with the key of a secret: hidden after the key. */
function withoutSettings(line: string, rules: Rules): Shown {
  const open: Open = {
    column: columnOf(withoutMark(line)),
    isComment: isCommentLine(line),
    end: rules.nextKey,
    inside: null,
    isBehindKey: false,
  };
  if (isKeyEscaped(line)) return { from: leadOf(line).length, open };
  if (rules.isLoose && SECTION.test(line)) {
    return { from: null, open: { ...open, column: Number.POSITIVE_INFINITY, end: NEXT_SECTION } };
  }
  const found = [rules.setting, ...(rules.isLoose ? [SPACED] : [])].map((form) =>
    endOfMatch(form, line, 0),
  );
  const from = [...found, weakValueAt(line)].reduce(least);
  if (from === null) {
    const isAlone = KEY_ALONE.test(line) || (rules.isLoose && WORD_ALONE.test(line));
    return { from, open: isAlone ? open : null };
  }
  const first = valueFrom(line, from, null);
  const last = lastValue(line, rules.setting, first.end) ?? first;
  return {
    from: isOnlyOpening(line.slice(from)) ? null : from,
    open: last.isWhole ? null : { ...open, inside: last.open, isBehindKey: last.open !== null },
  };
}

/** The value after the last secret key from a position on; null when there is none. */
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

/** The smaller of two columns; null means none. */
export function least(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function endOfMatch(pattern: RegExp, line: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.exec(line) === null ? null : pattern.lastIndex;
}

const EACH_MENTION = new RegExp(`(?:${SECRET_WORD})`, 'gi');
const mentionsIn = (text: string): number => text.match(EACH_MENTION)?.length ?? 0;

/** `"pass\u0077ord": x` */
export function isKeyEscaped(line: string): boolean {
  return /\\[uUx]/.test(line) && mentionsIn(unescaped(line)) > mentionsIn(line);
}

/** Lines that a backslash joins to a secret key, or to the space after one: `pass\`, `word=x` of .properties. */
function inJoinedKeys(lines: readonly string[]): ReadonlySet<number> {
  const joined = new Set<number>();
  let run: string[] = [];
  lines.forEach((line, index) => {
    const text = line.trim();
    const isContinued = endsInBackslash(text);
    run.push(isContinued ? text.slice(0, -1) : text);
    if (isContinued && index < lines.length - 1) return;
    const [first = ''] = run;
    const plain = run.join('').replaceAll('\\', '');
    const isJoined = !MENTIONED.test(first) && plain !== text && MENTIONED.test(plain);
    const isKeyAlone = run.length > 1 && WORD_ALONE.test(first);
    for (let back = 0; (isJoined || isKeyAlone) && back < run.length; back += 1) {
      joined.add(index - back);
    }
    run = [];
  });
  return joined;
}

/** Lines that belong to the same object as a `name: password`. */
function besideNames(lines: readonly string[]): ReadonlySet<number> {
  const beside = new Set<number>();
  const named = lines.flatMap((line, index) => (NAMED.test(line) ? [index] : []));
  if (named.length === 0) return beside;
  const leads = lines.map((line) => leadOf(line).length);
  const columns = lines.map(columnOf);
  for (const index of named) {
    const column = columns[index] ?? 0;
    beside.add(index);
    for (let at = index + 1; at <= index + NEAR && (leads[at] ?? 0) >= column; at += 1) {
      beside.add(at);
    }
    for (let at = index; at > index - NEAR && (leads[at] ?? 0) >= column; ) {
      at -= 1;
      if ((columns[at] ?? 0) < column) break;
      beside.add(at);
    }
  }
  return beside;
}

const leadOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';

/** The column of the first key of a line, after list dashes. */
const columnOf = (line: string): number => /^\s*(?:- {1,8})*/.exec(line)?.[0].length ?? 0;

const isCommentLine = (line: string): boolean => line.trimStart().startsWith('#');

const withoutMark = (line: string): string => (isCommentLine(line) ? line.replace('#', ' ') : line);
