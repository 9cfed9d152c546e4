import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { isRunning } from '../../client/rule-status.ts';
import { has } from '../../model/behaviours.ts';
import { mayBeLate, rowsShowLife } from './proof-by-rows.ts';
import type { RuleUse } from './rule-uses.ts';

/**
 * The result for a rule. `left`: it did not run, and eKuiper would start it. `unanswered`: eKuiper did not answer in
 * time. `failed`: eKuiper refused, or the rule stopped again.
 */
export interface RestartOutcome {
  readonly rule: string;
  readonly state: 'restarted' | 'left' | 'failed' | 'unanswered';
  /** eKuiper's error text, or what was waited for; empty on success. */
  readonly words: string;
}

interface RestartEffects {
  readonly clock: Clock;
  /** The plugin that the rules use. */
  readonly plugin: string;
  /** Called before each rule. */
  readonly onRule?: (rule: string) => void;
  /** Milliseconds for each request; default 30 s, because 1.14 was seen to refuse after 15 s. */
  readonly limit?: number;
  /** Also restart rules that are stopped. */
  readonly evenStopped?: boolean;
}

/** A rule; its symbols of the plugin decide whether its rows can prove that the plugin works. */
type Restarted = Pick<RuleUse, 'rule'> & Partial<Pick<RuleUse, 'symbols'>>;

const LIMIT = 30_000;

/** A rule that stays down is started again once: right after an update its plugin may not have been ready for it. */
const TRIES = 2;

/**
 * Restarts the running rules, one after the other, and waits until each runs again. Starts one
 * that stays down again, once. Continues after one that fails; stops after one without an answer, because eKuiper 2.0–2.2 then hangs on the next one as well
 * (docs/ekuiper.md#dead-plugins). Restarts none while the plugin is down: eKuiper 2.0.8 was seen to crash on that (nil
 * pointer in StatusErr). From 2.1 on, a plugin reported as killed counts as running when rows prove it: 2.4.0 reports
 * that permanently after some updates. Throws HostFailure when the host cannot be reached.
 */
export async function restartRules(
  client: HostClient,
  uses: readonly Restarted[],
  effects: RestartEffects,
): Promise<readonly RestartOutcome[]> {
  const down = await notRunning(client, uses, effects);
  if (down !== null) return uses.map(({ rule }) => ({ rule, state: 'left', words: down }));
  const states = new Map((await client.ruleStates()).map(({ id, state }) => [id, state]));
  const outcomes: RestartOutcome[] = [];
  for (const { rule } of uses) {
    const state = states.get(rule);
    const isWanted = state !== undefined && (isRunning(state) || effects.evenStopped === true);
    if (!isWanted) {
      outcomes.push({ rule, state: 'left', words: state ?? 'the rule is gone' });
    } else if (outcomes.some((other) => other.state === 'unanswered')) {
      outcomes.push({ rule, state: 'left', words: 'the one before got no answer' });
    } else {
      effects.onRule?.(rule);
      outcomes.push(await restarted(client, rule, effects));
    }
  }
  return outcomes;
}

/** Milliseconds. A source that works sends rows before that, a lost function shows after 5 s. */
const LIFE = 6000;

async function notRunning(
  client: HostClient,
  uses: readonly Restarted[],
  { plugin, clock }: RestartEffects,
): Promise<string | null> {
  const info = await client.info();
  if (!has(info.version, 'reports-status')) return null;
  const status = await client.status(plugin);
  if (status?.state === 'running') return null;
  if (mayBeLate({ error: status?.error ?? '' }, info)) {
    const shown = uses.flatMap(({ rule, symbols }): RuleUse[] =>
      symbols === undefined ? [] : [{ rule, symbols, by: 'read' }],
    );
    if (await rowsShowLife(client, shown, { clock, limit: LIFE })) return null;
  }
  return `plugin ${plugin} does not run (${status?.state ?? 'gone'})`;
}

async function restarted(
  client: HostClient,
  rule: string,
  { clock, limit = LIMIT }: RestartEffects,
): Promise<RestartOutcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await restartedOnce(client, rule, { clock, limit });
    if (outcome.state !== 'failed' || tries === TRIES) return outcome;
  }
}

async function restartedOnce(
  client: HostClient,
  rule: string,
  { clock, limit }: Required<Pick<RestartEffects, 'clock' | 'limit'>>,
): Promise<RestartOutcome> {
  try {
    await client.restartRule(rule, limit);
    return await settled(client, rule, clock);
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || thrown.kind === 'unreachable') throw thrown;
    const words = thrown.words ?? thrown.message;
    return { rule, state: thrown.unsettled ? 'unanswered' : 'failed', words };
  }
}

const LOOKS = 3;
const LOOK_EVERY = 500;

/** Milliseconds that a rule gets to start: the handshake with each of its functions takes up to 5 s. */
const START = 15_000;

/**
 * A rule that cannot start reports running for a moment, so three reads over a second must see it running. Waits while
 * it is starting.
 */
async function settled(client: HostClient, rule: string, clock: Clock): Promise<RestartOutcome> {
  const end = clock.now() + START;
  for (let seen = 0; ; ) {
    const status = await client.ruleStatus(rule);
    if (status === null) return { rule, state: 'failed', words: 'it is gone' };
    seen = isRunning(status.state) ? seen + 1 : 0;
    if (seen === LOOKS) return { rule, state: 'restarted', words: '' };
    const isStarting = /^(?:starting|stopping)\b/i.test(status.state) && clock.now() < end;
    if (seen === 0 && !isStarting) {
      return { rule, state: 'failed', words: status.message || status.state };
    }
    await clock.pause(LOOK_EVERY);
  }
}
