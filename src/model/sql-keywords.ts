import { atLeast, type Target } from './target.ts';

/** Reserved words: eKuiper's SQL scanner never reads them as a name, in any letter case (internal/xsql/lexical.go). */
const KEYWORDS = new Set(
  (
    'select as from where and or group having order by desc asc filter inner left right full cross join on case when ' +
    'then else end in not between like over partition replace except true false dd hh mi ss ms limit'
  ).split(' '),
);

/** Whether a function of this name must be quoted with backticks in SQL of the given eKuiper. */
export function isSqlKeyword(name: string, target: Target): boolean {
  const word = name.toLowerCase();
  return KEYWORDS.has(word) || (word === 'invisible' && atLeast(target, '2.2'));
}
