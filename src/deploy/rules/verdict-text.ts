import type { HostInfo } from '../../client/answers.ts';
import type { RestartOutcome } from './restart.ts';
import type { RuleVerdict } from './watched.ts';

/** What was seen of a rule after an update, as one sentence. */
export function verdictSentence(verdict: RuleVerdict): string {
  const { rule, state, words, failedBefore, sinksOnly } = verdict;
  const first = words.split('\n')[0] ?? '';
  if (state === 'answers' && sinksOnly === true) {
    return `rows reach the end of rule ${rule}; whether its sink takes them eKuiper does not tell`;
  }
  if (state === 'answers') return `rule ${rule} answers: rows went through it`;
  if (isSilent(verdict))
    return `no row has come through rule ${rule} since, though rows came right before`;
  if (state === 'quiet') return `whether rule ${rule} still works is not known: ${first}`;
  return `rule ${rule} fails${failedBefore ? ', as it did before' : ''}: ${first}`;
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
  if (!verdicts.some(losesFunctions)) {
    return silent === undefined
      ? null
      : `a restart may bring the rows back: POST /rules/${encodeURIComponent(silent.rule)}/restart, or install it again with --restart-rules`;
  }
  return (
    `eKuiper ${info.version} has lost functions in the update; they come back when eKuiper itself is restarted, and ` +
    'plugins can keep theirs: kplugin explain functions-lost-on-update'
  );
}

/** Matches the error texts of eKuiper 1.14 to 2.4 for a function that no longer answers, and rows that wait for one. */
function losesFunctions({ state, words }: RuleVerdict): boolean {
  return state === 'fails' && /func(tion)? .{0,200}time out|rows wait in front of/s.test(words);
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
