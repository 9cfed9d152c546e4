import type { PluginDescription } from '../../deploy/plugins/describe.ts';
import { RULES_UNKNOWN, troubleSentence, usedSymbols } from '../../deploy/rules/use-text.ts';
import { type Cell, type Fact, joined, warn } from './view.ts';

type Rules = Pick<PluginDescription, 'uses' | 'rulesKnown' | 'troubles'>;

/** The rules that use a plugin, as `--json` shows them. */
export function rulesData({ uses, rulesKnown, troubles }: Rules): object {
  return {
    rulesKnown,
    uses: uses.map(({ rule, symbols, by }) => ({ rule, symbols, by })),
    troubles,
  };
}

/** One row for each rule: its id, what it uses; then those in trouble with what eKuiper says of them. */
export function rulesFacts({ uses, rulesKnown, troubles }: Rules): Fact[] {
  const lines = uses.map(({ rule, symbols }) =>
    [rule, usedSymbols(symbols)].filter(Boolean).join(': '),
  );
  return [
    ['rules', ...(rulesKnown ? lines : [warn(RULES_UNKNOWN)])],
    ['trouble', ...troubles.map((trouble) => warn(troubleSentence(trouble)))],
  ];
}

/** `2`, `2 (1 in trouble)`, for a column. */
export function rulesCount({ uses, rulesKnown, troubles }: Rules): Cell {
  if (!rulesKnown) return 'not known';
  if (uses.length === 0) return '-';
  const trouble = troubles.length === 0 ? '' : warn(` (${troubles.length} in trouble)`);
  return joined(String(uses.length), trouble);
}

/** Whether the plugin looks as if it had ended without eKuiper knowing: registering it again is what may help. */
export function isSilent({ state }: Rules['troubles'][number]): boolean {
  return state === 'silent';
}
