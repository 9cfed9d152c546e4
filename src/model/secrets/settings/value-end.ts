/** An unfinished value of YAML, JSON, TOML or .properties at the end of a line. */
export interface OpenValue {
  /** `"`, `'`, `"""` or `'''`; empty outside of strings. */
  readonly quote: string;
  /** Number of open brackets. */
  readonly depth: number;
  /** The line ends with an unescaped backslash. */
  readonly isContinued: boolean;
}

interface ValueEnd {
  /** Where the search continues in this line. */
  readonly end: number;
  /** The value is in quotes or brackets and closed: nothing follows below. */
  readonly isWhole: boolean;
  readonly open: OpenValue | null;
}

/** White space, list and key indicators, tags and anchors. */
const FRONT = /\s{0,200}(?:(?:[-?:]|[&!*][^\s,[\]{}]{0,200})\s{1,8}){0,8}/y;
const QUOTES = /"""|'''|"|'/y;

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

/** Longer runs are not counted; the line then counts as continued. */
const MOST_BACKSLASHES = 1000;

/** Whether an odd number of backslashes ends the line, so that the last one is not escaped. */
export function endsInBackslash(line: string): boolean {
  let count = 0;
  while (count < MOST_BACKSLASHES && line[line.length - 1 - count] === '\\') count += 1;
  return count % 2 === 1 || count === MOST_BACKSLASHES;
}

const PLAIN: OpenValue = { quote: '', depth: 0, isContinued: true };

/** Whether a `'` can start a string; elsewhere it is an apostrophe. */
function isTokenStart(line: string, at: number, start: number): boolean {
  return at === start || /[\s[{,:=(]/.test(line.charAt(at - 1));
}
