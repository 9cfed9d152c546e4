import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Words of our own that have a standard term, as case-insensitive regular expressions: `the way back` is the rollback
 * target, `mended` is fixed. In identifiers the words are joined: `wayBack`, `way-back`.
 */
export const OWN_WORDS: readonly string[] = [
  'way[ -]?back',
  'put[ -]?right',
  'mend(?:s|ed|ing|able)?',
  'cure[sd]?',
  'untold',
  'foretold|foretells?',
  'rooms?(?: of)',
  'floors?',
  'wish(?:es)?',
  'manners',
  'surroundings',
  'patience',
  'look(?:s|ed)?[ -]?twice',
  'again[ -]?work',
  'rescue[ds]?',
  'unbroken',
  'lively',
  'roused?',
  'cut[ -]?offs?',
  'give[sn]?[ -]up|gave up',
  'twins?',
  'knock(?:s|ed)?',
  'overtaken',
  'slips?',
  'reviv(?:e[ds]?|al|ing)',
  'roll-outs?',
  'give it up',
  'tells? of|told of',
  'sign of life',
  'trip over',
  'go together',
  'very bytes',
  'described nowhere',
  'what belongs in',
  'turns? a text round',
];

const PLACES = ['src', 'templates', 'docs', 'schemas', 'README.md', 'test/cli/golden'];
/**
 * Names that are not ours: a file in projects of earlier `init`, the name of an attack, functions of JavaScript and
 * eKuiper, an outcome in records.
 */
const STANDARD =
  /ekuiper_update_cure|zip slip|Math\.floor|floor format format_time|EARLIER_INTERRUPTED = 'cut off'/g;
const WORD = new RegExp(`(?<![a-z])(?:${OWN_WORDS.join('|')})(?![a-z])`, 'gi');

/** Lists each use of one of {@link OWN_WORDS}, as `src/a.ts:12 mended`. */
export function replacedWords(): string[] {
  return PLACES.flatMap(filesIn).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        Array.from(spaced(line).matchAll(WORD), ([word]) => `${file}:${index + 1} ${word}`),
      ),
  );
}

/** Splits identifiers into words: `wayBack` becomes `way Back`. */
const spaced = (line: string): string =>
  line.replace(STANDARD, '').replace(/([a-z])([A-Z])/g, '$1 $2');

function filesIn(place: string): string[] {
  if (/\.\w+$/.test(place)) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.generated.'))
    .map((entry) => path.posix.join(entry.parentPath, entry.name));
}
