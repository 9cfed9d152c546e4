import type { PluginDescription } from '../../deploy/plugins/describe.ts';
import { troubleSentence, usedSymbols } from '../../deploy/rules/use-text.ts';
import type { Style } from '../terminal/style.ts';

type Rules = Pick<PluginDescription, 'uses' | 'troubles'>;

/** The rules that use a plugin, as `--json` shows them. */
export function rulesData({ uses, troubles }: Rules): object {
  return {
    uses: uses.map(({ rule, symbols, by }) => ({ rule, symbols, by })),
    troubles,
  };
}

/** One row for each rule: its id, what it uses; then those in trouble with what eKuiper says of them. */
export function rulesRows({ uses, troubles }: Rules, style: Style): (readonly [string, string])[] {
  const labelled = (label: string, lines: readonly string[]): (readonly [string, string])[] =>
    lines.map((line, at) => [at === 0 ? label : '', line]);
  return [
    ...labelled(
      'rules',
      uses.map(({ rule, symbols }) => [rule, usedSymbols(symbols)].filter(Boolean).join(': ')),
    ),
    ...labelled(
      'trouble',
      troubles.map((trouble) => style.yellow(troubleSentence(trouble))),
    ),
  ];
}

/** `2`, `2 (1 in trouble)`, for a column. */
export function rulesCount({ uses, troubles }: Rules, style: Style): string {
  if (uses.length === 0) return '-';
  const trouble = troubles.length === 0 ? '' : style.yellow(` (${troubles.length} in trouble)`);
  return `${uses.length}${trouble}`;
}
