import type { PluginDescription } from '../../deploy/plugins/describe.ts';
import { RULES_UNKNOWN, troubleSentence, usedSymbols } from '../../deploy/rules/use-text.ts';
import { type Cell, type Fact, joined, warn } from './view.ts';

type Rules = Pick<PluginDescription, 'uses' | 'rulesKnown' | 'troubles'>;

/** The rules that use a plugin, for `--json`. */
export function rulesData({ uses, rulesKnown, troubles }: Rules): object {
  return {
    rulesKnown,
    uses: uses.map(({ rule, symbols, by }) => ({ rule, symbols, by })),
    troubles,
  };
}

/** One row for each rule with what it uses, then the rules in trouble with eKuiper's message. */
export function rulesFacts({ uses, rulesKnown, troubles }: Rules): Fact[] {
  const lines = uses.map(({ rule, symbols }) =>
    [rule, usedSymbols(symbols)].filter(Boolean).join(': '),
  );
  return [
    ['rules', ...(rulesKnown ? lines : [warn(RULES_UNKNOWN)])],
    ['trouble', ...troubles.map((trouble) => warn(troubleSentence(trouble)))],
  ];
}

/** `2`, `2 (1 in trouble)`, for a table cell. */
export function rulesCount({ uses, rulesKnown, troubles }: Rules): Cell {
  if (!rulesKnown) return 'not known';
  if (uses.length === 0) return '-';
  const trouble = troubles.length === 0 ? '' : warn(` (${troubles.length} in trouble)`);
  return joined(String(uses.length), trouble);
}

/** Whether the plugin has probably exited without eKuiper noticing, so that registering it again may help. */
export function isSilent({ state }: Rules['troubles'][number]): boolean {
  return state === 'silent';
}
