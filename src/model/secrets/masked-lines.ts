import { weakValueAt } from './forms/real-values.ts';
import { parsedSecrets } from './settings/parsed-values.ts';
import { SECRET_WORD, SHORT_WORD, withoutPasswords } from './settings/secret-keys.ts';
import { isOnlyOpening, type TextKind } from './settings/setting-forms.ts';
import { hiddenInSettings, isKeyEscaped, least } from './settings/setting-lines.ts';

/** The name of a secret with affixes, and the quote of a key. */
const NAME = new RegExp(
  `(?:(?:${SECRET_WORD})[\\w.-]{0,64}|(?<![A-Za-z0-9])${SHORT_WORD}(?![A-Za-z0-9]))`,
  'gi',
);

/** Lookup of an environment variable: its name is not a secret. */
const ASKS = /(?:environ\[|environ\.get\(|getenv\(|Getenv\(|LookupEnv\(|process\.env\[)\s{0,8}$/;

/** Line ends that continue on the next line; the colon of a block does not. */
const GOES_ON = /(?:[\\+=(,[?|&.]|["'`]\s{0,8}:|:=)\s{0,200}$/;

const CONTINUES = /^\s{0,200}(?:[+.?|&]|[rbfuRBFU]{0,2}["'`])/;

const LITERAL = /[rbfuRBFU]{0,2}("""|'''|["'`])/g;

const CLOSED: Open = { quote: '', isHidden: false, depth: 0 };

const PENDING: Open = { quote: '', isHidden: true, depth: 0 };

const PLAIN = new RegExp(`(?:${SECRET_WORD})[\\w.\\-"' ]{0,64}[:=]=?\\s{0,8}(?=(\\S))`, 'gi');

const STARS = '***';

/** In program files an expression may follow `password =`; only the literals in it are hidden. */
const PROGRAM = /\.(?:py|pyi|go|[cm]?[jt]sx?|java|kt|rs|c|cc|cpp|h|hpp|rb|php|lua)$/i;

const KINDS: readonly (readonly [RegExp, TextKind])[] = [
  [/\.(?:json|json5|jsonc|jsonl|ndjson|ipynb)$/i, 'json'],
  [/\.ya?ml$/i, 'yaml'],
  [/\.(?:xml|html?|svg|plist|config|xsd)$/i, 'markup'],
  [/\.(?:md|markdown|rst|adoc)$/i, 'prose'],
  [/\.(?:sh|bash|zsh|ksh|ps1|bat|cmd)$/i, 'shell'],
];

/**
 * Returns the lines of a file for display, the same number of lines: values of secret keys are replaced by stars,
 * whether they follow the key, stand below it, in brackets, in a multi-line string, or next to `name: password`.
 * Results of a YAML or JSON parser are combined with a search by lines, because a file with syntax errors is shown
 * too. A line is hidden from its first secret on, rather too much than too little. Linear.
 */
export function maskedLines(path: string, lines: readonly string[]): string[] {
  if (PROGRAM.test(path)) return lines.map(shownUpTo(hiddenInProgram(lines)));
  const kind = KINDS.find(([form]) => form.test(path))?.[1] ?? 'settings';
  const from = hiddenInSettings(lines, kind);
  if (kind === 'json' || kind === 'yaml') addParsed(from, lines);
  return lines.map(shownUpTo(from));
}

/** Note for the reader: stars may hide commands that a shell runs. */
const HIDDEN_IN_SCRIPT =
  '*** stands for what may be a secret and for all behind it in its line: read the file itself before you trust it';

/** The lines of `install.sh` for display, and a note when some of them have stars. */
export function maskedScript(text: string): { lines: string[]; note: string | null } {
  const own = text.replace(/\n$/, '').split('\n');
  const lines = maskedLines('install.sh', own);
  const isHidden = lines.some((line, at) => line !== own[at]);
  return { lines, note: isHidden ? HIDDEN_IN_SCRIPT : null };
}

/** Masks the text of a setting, as {@link maskedLines} does. */
export function maskedText(text: string): string {
  const lines = text.split('\n');
  return lines.map(shownUpTo(hiddenInSettings(lines, 'settings'))).join('\n');
}

/** Lowers the start columns where a parser found a secret further left. */
function addParsed(from: (number | null)[], lines: readonly string[]): void {
  const starts = startsOf(lines);
  const spans = parsedSecrets(lines.join('\n')).sort((a, b) => a.start - b.start);
  let [line, covered] = [0, 0];
  for (const { start: own, end } of spans) {
    const start = Math.max(own, covered);
    if (end <= start) continue;
    covered = end;
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= start) line += 1;
    for (let at = line; (starts[at] ?? Number.POSITIVE_INFINITY) < end; at += 1) {
      const text = lines[at] ?? '';
      const column =
        at === line ? start - (starts[at] ?? 0) : text.length - text.trimStart().length;
      const before = from[at] ?? null;
      if (before !== null && before <= column) continue;
      if (!isOnlyOpening(text.slice(column))) from[at] = column;
    }
  }
}

function startsOf(lines: readonly string[]): number[] {
  let next = 0;
  return lines.map((line) => {
    const start = next;
    next += line.length + 1;
    return start;
  });
}

function shownUpTo(hidden: readonly (number | null)[]): (line: string, index: number) => string {
  return (line, index) => {
    const from = hidden[index] ?? null;
    const plain = withoutPasswords(line);
    if (from === null) return plain;
    // The password of a URL may start before the column; cutting there would hide that it is one.
    const cut = Math.min(from, firstDifference(line, plain));
    const front = withoutPasswords(line.slice(0, from));
    const isCut = front === line.slice(0, from) && cut < from;
    return `${isCut ? line.slice(0, cut) : front}${STARS}`;
  };
}

function firstDifference(one: string, other: string): number {
  if (one === other) return one.length;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

interface Open {
  /** The quote of the multi-line string that the scanner is in; empty for none. */
  readonly quote: string;
  /** Whether literals belong to a secret. */
  readonly isHidden: boolean;
  readonly depth: number;
}

/**
 * Returns the column from which each line of a program is hidden, null for none: from the first literal after the
 * name of a secret, and all literals of its continuation lines. The same for Python, Go and JavaScript. In comments
 * and multi-line strings secrets may have no quotes. Linear.
 */
function hiddenInProgram(lines: readonly string[]): (number | null)[] {
  let open = CLOSED;
  return lines.map((line) => {
    if (line.trim() === '') return null;
    if (isKeyEscaped(line)) return line.length - line.trimStart().length;
    const goesOn = open.isHidden && (open.quote !== '' || open.depth > 0 || open === PENDING);
    const isNext = open.isHidden && CONTINUES.test(line);
    const secretAt = goesOn || isNext ? 0 : firstName(line);
    const inText = open.quote !== '';
    const scanned = scan(line, secretAt, open);
    open = scanned.open;
    if (inText && secretAt === 0) return 0;
    return inText || scanned.from === null
      ? least(scanned.from, plainSecret(line, inText))
      : scanned.from;
  });
}

/** Offset after the first name of a secret; null without one. */
function firstName(line: string): number | null {
  NAME.lastIndex = 0;
  const strong = NAME.exec(line) === null ? null : NAME.lastIndex;
  return least(strong, weakValueAt(line, true));
}

/** Offset of a secret without quotes: `# password: x`, `password = 1234`; null for none. */
function plainSecret(line: string, inText: boolean): number | null {
  const comment = line.search(/(?:^|\s)(?:#|\/\/|\/?\*)/);
  PLAIN.lastIndex = 0;
  for (let found = PLAIN.exec(line); found !== null; found = PLAIN.exec(line)) {
    const isComment = comment >= 0 && comment < found.index;
    if (inText || isComment || isInside(line, found.index) || /\d/.test(found[1] ?? '')) {
      return PLAIN.lastIndex;
    }
  }
  return null;
}

/** Whether an odd number of quotes precedes `at`. Looks back a limited distance. */
function isInside(line: string, at: number): boolean {
  const front = line.slice(Math.max(0, at - 200), at);
  return ['"', "'", '`'].some((quote) => front.split(quote).length % 2 === 0);
}

/** Scans the literals and brackets of a line; hides literals after the name of a secret. */
function scan(
  line: string,
  secretAt: number | null,
  before: Open,
): { readonly from: number | null; readonly open: Open } {
  let { quote, depth } = before;
  if (secretAt !== 0) depth = 0;
  let from: number | null = null;
  let isClosed = false;
  const start = secretAt ?? line.length;
  for (let at = 0; at < line.length; ) {
    if (quote !== '') {
      const end = endOfText(line, at, quote);
      if (end === null) break;
      [quote, at] = ['', end];
      continue;
    }
    LITERAL.lastIndex = at;
    const next = LITERAL.exec(line);
    const until = next?.index ?? line.length;
    if (until > start && !isClosed) {
      const change = depthOf(line.slice(Math.max(at, start), until));
      depth += change.sum;
      isClosed = change.least + depth - change.sum < 0;
    }
    if (next === null) break;
    if (until >= start && from === null && !ASKS.test(line.slice(Math.max(0, until - 40), until))) {
      from = until;
    }
    [quote, at] = [next[1] ?? '', LITERAL.lastIndex];
    // Such a string ends with its line, unless the line is continued.
    if (quote.length === 1 && quote !== '`' && endOfText(line, at, quote) === null) {
      if (!line.endsWith('\\')) quote = '';
      break;
    }
  }
  if (secretAt === null) return { from: null, open: { ...CLOSED, quote } };
  if (quote !== '') return { from, open: { quote, isHidden: true, depth: Math.max(0, depth) } };
  if (!isClosed && depth > 0) return { from, open: { quote, isHidden: true, depth } };
  if (GOES_ON.test(line)) return { from, open: PENDING };
  return { from, open: { quote, isHidden: from !== null, depth: 0 } };
}

/** Offset after the closing quote; null when it is not in this line. */
function endOfText(line: string, from: number, quote: string): number | null {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line.startsWith(quote, at)) return at + quote.length;
  }
  return null;
}

/** Brackets that are opened and not closed. `{` after a space opens a block, unless an operator precedes it. */
function depthOf(code: string): { readonly sum: number; readonly least: number } {
  let [sum, least] = [0, 0];
  for (let at = 0; at < code.length; at += 1) {
    const char = code.charAt(at);
    const isBlock = char === '{' && /[^=:,([{?\s]\s$/.test(code.slice(Math.max(0, at - 2), at));
    if ('([{'.includes(char) && !isBlock) sum += 1;
    else if (')]}'.includes(char)) sum -= 1;
    least = Math.min(least, sum);
  }
  return { sum, least };
}
