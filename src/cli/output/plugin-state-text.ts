import type { Health, HealthState } from '../../deploy/health.ts';
import type { PluginDescription } from '../../deploy/plugins/host-plugins.ts';
import { type Interrupted, interruptedText } from '../../deploy/plugins/interrupted.ts';
import { RULES_UNKNOWN, troubleSentence, usedSymbols } from '../../deploy/rules/rule-sentences.ts';
import { trialRuns } from '../../deploy/rules/rule-uses.ts';
import { type Cell, type Fact, joined, type Tone, warn } from './view.ts';

const TONE: Record<HealthState, Tone> = {
  running: 'good',
  starting: 'warn',
  dead: 'bad',
  stopped: 'warn',
  unknown: 'dim',
};

const WORD: Record<HealthState, string> = {
  running: 'running',
  starting: 'starting',
  dead: 'dead',
  stopped: 'stopped',
  unknown: 'registered',
};

/** `running`, `dead`, `registered`. */
export function healthWord({ state }: Health): string {
  return WORD[state];
}

/** `running`, `dead (exit status 3)`. */
export function healthText(health: Health): Cell {
  const first = health.error.split('\n')[0] ?? '';
  const error = first === '' ? '' : ` (${first.length > 60 ? `${first.slice(0, 59)}…` : first})`;
  return { text: `${WORD[health.state]}${error}`, tone: TONE[health.state] };
}

/**
 * The health in `--json`. The key is `errMsg`, as in eKuiper, because `error` of a host is the reason why it could not
 * be read.
 */
export function healthData(health: Health): object {
  return {
    state: health.state,
    errMsg: health.error,
    meaning: health.meaning,
    rules: Object.fromEntries([...health.rules].filter(([id]) => !NO_RULE.test(id))),
  };
}

type Rules = Pick<PluginDescription, 'uses' | 'rulesKnown' | 'troubles'>;

/** The ids of eKuiper's own: shared streams (`$$subtopo_…`) and trial runs (`$$_…`). */
const NO_RULE = /^\$\$/;

/** The rules that use a plugin, for `--json`. */
export function rulesData({ uses, rulesKnown, troubles }: Rules): object {
  return {
    rulesKnown,
    uses: uses.map(({ rule, symbols, by }) => ({ rule, symbols, by })),
    troubles,
  };
}

/** One row for each rule with what it uses, then the rules in trouble with eKuiper's message. */
export function rulesFacts({
  uses,
  rulesKnown,
  troubles,
  health,
}: Rules & Pick<PluginDescription, 'health'>): Fact[] {
  const trials = trialRuns(health);
  const lines = uses.map(({ rule, symbols }) =>
    [rule, usedSymbols(symbols)].filter(Boolean).join(': '),
  );
  return [
    ['rules', ...(rulesKnown ? lines : [warn(RULES_UNKNOWN)])],
    ['trial runs', trials === 0 ? '' : `${trials}, which are no rules: a rule editor runs them`],
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

/** The rows for a change of a plugin that was interrupted; empty when there is none. */
export function interruptedFacts(interrupted: Interrupted | null): Fact[] {
  return interrupted === null ? [] : [['interrupted', warn(interruptedText(interrupted))]];
}
