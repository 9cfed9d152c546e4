import type { HostInfo } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import type { Health } from '../health.ts';
import type { RuleUse } from './rule-uses.ts';
import { isThrown, type RuleVerdict } from './rule-verdict.ts';
import { showsLife, type WatchTiming, watchRules } from './rule-watch.ts';

/** Milliseconds of a short observation: enough for two rows of a rule that has one each second. */
export const GLANCE = 2000;

/** The health of a plugin whose rules receive rows, whatever the host reports about its process. */
export const ALIVE = {
  state: 'running',
  error: '',
  meaning:
    'rows go through its rules; what eKuiper reports is the end of the previous process, reported late',
} as const;

/**
 * Returns the health of a plugin, corrected when its host reports "killed": after an update, eKuiper 2.4.0 was seen to
 * report that permanently for a plugin whose new process works. Rows that pass through its rules now prove that it
 * works; without rows the status is used. Any other health is returned unchanged, without a request. Throws
 * HostFailure.
 */
export async function healthByRows(
  client: HostClient,
  { info, health, uses }: { info: HostInfo; health: Health; uses: readonly RuleUse[] },
  timing: WatchTiming,
): Promise<Health> {
  if (health.state !== 'dead' || !mayBeLate(health, info)) return health;
  return (await rowsShowLife(client, uses, timing)) ? { ...health, ...ALIVE } : health;
}

/**
 * Whether a "killed" status may belong to the old process. On 2.0 it is correct (docs/ekuiper.md#killed-by-an-update);
 * 1.x reports nothing.
 */
export function mayBeLate({ error }: Pick<Health, 'error'>, { version }: HostInfo): boolean {
  return has(version, 'reports-late-death') && /killed/.test(error);
}

/**
 * Whether the rows of rules prove that a plugin works, whatever its status reports. Only rules with a source or function of the plugin prove it: a sink counts rows even when nobody receives them.
 * False proves nothing. Throws HostFailure.
 */
export async function rowsShowLife(
  client: HostClient,
  uses: readonly RuleUse[],
  timing: WatchTiming,
): Promise<boolean> {
  const watch = await watchRules(client, uses.filter(showsLife));
  return (await watch.verdicts(timing)).some(({ state }) => state === 'answers');
}

/**
 * Returns the rules which show that a plugin is dead after a change: they received rows right before it and none
 * since. Empty as soon as one rule shows that the plugin works: then eKuiper lost the functions of the other rules in
 * the update (docs/ekuiper.md#functions-after-an-update), and it would lose those of the previous version in the same
 * way.
 * On 1.x there is no other evidence. A rule that receives no rows counts. So does a rule that only throws, because the
 * error texts of a lost function and of a dead process are the same (seen on 1.14.7). Rows that came in and neither
 * threw nor went out were filtered, or wait in a window.
 * On 2.x the status shows that the process lives, and a function that throws was lost
 * (docs/ekuiper.md#functions-after-an-update): a rollback would not help. But a source restarts by itself after an
 * update (docs/ekuiper.md#dead-plugins), and a process that ended with exit code 0 is still reported as running. So on
 * 2.x only a source of the plugin that sends no rows counts.
 */
export function silencedRules(
  uses: readonly RuleUse[],
  verdicts: readonly RuleVerdict[],
  { version }: HostInfo,
): readonly RuleVerdict[] {
  const telling = uses.filter(showsLife).flatMap((use) => {
    const verdict = verdicts.find(({ rule }) => rule === use.rule);
    return verdict === undefined ? [] : [{ verdict, hasSource: hasSource(use) }];
  });
  const isAlive = telling.some(
    ({ verdict, hasSource }) =>
      verdict.state === 'answers' || isThrown(verdict) || (hasSource && verdict.cameIn),
  );
  if (isAlive) return [];
  return telling
    .filter(({ verdict }) => verdict.rowsBefore && !isByHand(verdict))
    .filter(({ verdict, hasSource }) => {
      const isSilent = verdict.state === 'quiet' && !verdict.cameIn;
      return has(version, 'reports-status')
        ? isSilent && hasSource
        : isSilent || verdict.state === 'fails';
    })
    .map(({ verdict }) => verdict);
}

/**
 * Returns the rules that received rows right before a change, and for which the plugin's code has only thrown since.
 * The previous version did not, so a rollback helps, whatever other rules show.
 */
export function throwingRules(verdicts: readonly RuleVerdict[]): readonly RuleVerdict[] {
  return verdicts.filter((verdict) => verdict.rowsBefore && isThrown(verdict));
}

function hasSource({ symbols }: RuleUse): boolean {
  return symbols.some(({ kind }) => kind === 'source');
}

/** Whether a user stopped or deleted the rule meanwhile. */
function isByHand({ state, words }: RuleVerdict): boolean {
  return state === 'fails' && /canceled manually|the rule is gone/.test(words);
}
