import type { HostInfo } from '../../client/answers.ts';
import type { RestartOutcome } from './restart.ts';
import type { RuleUse } from './rule-uses.ts';
import { isThrown, isUnanswered, type RuleVerdict } from './rule-verdict.ts';
import type { RuleTrouble } from './trouble.ts';

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
function oneUse({ rule, symbols }: RuleUse): string {
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

/** What was seen of a rule after an update, as one sentence. */
export function verdictSentence(verdict: RuleVerdict): string {
  const { rule, state, words, failedBefore, sinksOnly, sinksUnseen } = verdict;
  const first = words.split('\n')[0] ?? '';
  if (state === 'answers' && sinksOnly === true) {
    return `rows reach the end of rule ${rule}; whether its sink takes them eKuiper does not tell`;
  }
  if (state === 'answers' && sinksUnseen === true) {
    return `rule ${rule} answers: rows reach its end; whether the sink takes them eKuiper does not tell`;
  }
  if (state === 'answers') return `rule ${rule} answers: rows went through it`;
  if (isSilent(verdict))
    return `no row has come through rule ${rule} since, though rows came right before`;
  if (state === 'quiet') return `whether rule ${rule} still works is not known: ${first}`;
  const how = isThrown(verdict) ? 'throws for every row' : 'fails';
  // The first line of a traceback does not say what was thrown.
  return `rule ${rule} ${how}${failedBefore ? ', as it did before' : ''}: ${words}`;
}

/** Whether a rule that received rows right before a change receives none any more. */
function isSilent({ state, rowsBefore, cameIn }: RuleVerdict): boolean {
  return state === 'quiet' && rowsBefore && !cameIn;
}

/**
 * The command that restores what eKuiper lost in an update, or null when no rule shows a loss
 * (docs/ekuiper.md#functions-after-an-update). A silent source of a running plugin sent rows again after a restart of
 * its rule (seen on 1.14.7).
 */
export function whatHelps(verdicts: readonly RuleVerdict[], info: HostInfo): string | null {
  const [silent] = verdicts.filter(isSilent);
  if (!verdicts.some(isUnanswered)) {
    return silent === undefined
      ? null
      : `a restart may bring the rows back: POST /rules/${encodeURIComponent(silent.rule)}/restart, or install it again with --restart-rules`;
  }
  return (
    `eKuiper ${info.version} has lost functions in the update; they come back when eKuiper itself is restarted, and ` +
    'plugins can keep theirs: kplugin explain functions-lost-on-update'
  );
}

/** The result of a rule's restart, as one sentence. */
export function restartSentence({ rule, state, words }: RestartOutcome, info: HostInfo): string {
  if (state === 'restarted') return `rule ${rule} was restarted and runs`;
  if (state === 'left') return `rule ${rule} was not restarted: ${words}`;
  if (state === 'failed') return `rule ${rule} could not be restarted: ${words}`;
  const why = /^v?2\.[012]\./.test(info.version)
    ? `eKuiper ${info.version} hangs when a rule of a plugin that died is restarted`
    : 'a call of a function that does not come back holds it up';
  return `eKuiper did not answer the restart of rule ${rule} (${words}): ${why}`;
}
