import type { RuleTrouble } from './trouble.ts';
import type { RuleUse } from './use.ts';

const MOST = 5;

/** The text shown when the rules could not be read. */
export const RULES_UNKNOWN =
  'could not be read (eKuiper reports them from 1.8 on), so which rules use it is not known';

/** `r1 (source psrc), r2 (functions f, g) and 3 more`. */
export function listedUses(uses: readonly RuleUse[], most = MOST): string {
  const shown = uses.slice(0, most).map(oneUse);
  const more = uses.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** `r1 (source psrc, functions f, g)`; only the id where no symbol was found in the rule. */
export function oneUse({ rule, symbols }: RuleUse): string {
  const by = usedSymbols(symbols);
  return by === '' ? rule : `${rule} (${by})`;
}

/** `source psrc, functions f, g`. */
export function usedSymbols(symbols: RuleUse['symbols']): string {
  const kinds = [...new Set(symbols.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const names = symbols.filter((one) => one.kind === kind).map(({ name }) => name);
      return `${kind}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
    })
    .join('; ');
}

/** `rule r1 threw 3 times, the newest at 2026-11-22 01:35:12 UTC: call func …`, `rule r2 is down: …`. */
export function troubleSentence({ rule, state, exceptions, time, words }: RuleTrouble): string {
  const first = words.split('\n')[0] ?? '';
  if (state === 'stopped') return `rule ${rule} is down: ${first}`;
  if (state === 'silent') return `rule ${rule} runs, says eKuiper, but ${first}`;
  const times = exceptions === 1 ? 'once' : `${exceptions} times`;
  const at = time === null ? '' : ` at ${secondsText(time)}`;
  return `rule ${rule} threw ${times}, the newest${at}: ${first}`;
}

function secondsText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
