import { parsedSecrets } from './parsed-values.ts';
import { hiddenInProgram } from './program-lines.ts';
import { withoutPasswords } from './secret-keys.ts';
import { isOnlyOpening, type TextKind } from './setting-forms.ts';
import { hiddenInSettings } from './setting-lines.ts';

const STARS = '***';

/** Where an expression may stand behind `password =`, only the literals in it are hidden. */
const PROGRAM = /\.(?:py|pyi|go|[cm]?[jt]sx?|java|kt|rs|c|cc|cpp|h|hpp|rb|php|lua)$/i;

const KINDS: readonly (readonly [RegExp, TextKind])[] = [
  [/\.(?:json|json5|jsonc|jsonl|ndjson|ipynb)$/i, 'json'],
  [/\.ya?ml$/i, 'yaml'],
  [/\.(?:xml|html?|svg|plist|config|xsd)$/i, 'markup'],
  [/\.(?:md|markdown|rst|adoc)$/i, 'prose'],
  [/\.(?:sh|bash|zsh|ksh|ps1|bat|cmd)$/i, 'shell'],
];

/**
 * The lines of a file as they may be shown, as many as before: stars for each value of a key that holds a secret, be it
 * behind the key, below it, in brackets, in a text of several lines, or beside `name: password`. What a parser of YAML
 * or JSON says is added to what the lines look like: a file with a mistake is shown too. A line is hidden from where its
 * first secret begins, so rather too much is. Linear.
 */
export function maskedLines(path: string, lines: readonly string[]): string[] {
  if (PROGRAM.test(path)) return lines.map(shownUpTo(hiddenInProgram(lines)));
  const kind = KINDS.find(([form]) => form.test(path))?.[1] ?? 'settings';
  const from = hiddenInSettings(lines, kind);
  if (kind === 'json' || kind === 'yaml') addParsed(from, lines);
  return lines.map(shownUpTo(from));
}

/** Stars may hide what a shell runs. */
const HIDDEN_IN_SCRIPT =
  '*** stands for what may be a secret and for all behind it in its line: read the file itself before you trust it';

/** The lines of `install.sh` as they may be shown, and a word about stars where there are some. */
export function maskedScript(text: string): { lines: string[]; note: string | null } {
  const own = text.replace(/\n$/, '').split('\n');
  const lines = maskedLines('install.sh', own);
  const isHidden = lines.some((line, at) => line !== own[at]);
  return { lines, note: isHidden ? HIDDEN_IN_SCRIPT : null };
}

/** A text that stands in a setting, as {@link maskedLines} shows it. */
export function maskedText(text: string): string {
  const lines = text.split('\n');
  return lines.map(shownUpTo(hiddenInSettings(lines, 'settings'))).join('\n');
}

/** Lowers the columns of lines in which a parser sees a secret further in front. */
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
    // A password of a URL may begin in front of the place, and would be cut where nobody knows it for one.
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
