import type { HostInfo, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, isUpdateAccident } from '../health/health.ts';
import { healthByRows, mayBeLate } from '../rules/late-word.ts';
import { NOT_COUNTED, ruleUses } from '../rules/rule-uses.ts';
import type { BroughtUp, InstallWatcher } from './change.ts';
import { lostAnswer, notRunning } from './failed.ts';
import { outcomeOf, waitUntilSettled } from './settle.ts';

export interface Bringing {
  readonly client: HostClient;
  readonly info: HostInfo;
  readonly clock: Clock;
  readonly watcher: InstallWatcher;
  readonly registration: Registration;
  /** What is registered now; null when that is nothing, or not known. */
  readonly before: Registration | null;
  /** Whether the host has a plugin of that name. */
  readonly isThere: boolean;
  /** Whether the package brings an install.sh, which may take minutes. */
  readonly hasScript: boolean;
  /** Milliseconds for one answer. */
  readonly limit: number;
}

/**
 * An update can kill the new process: on 2.0 every other time (docs/ekuiper.md#killed-by-an-update); seen on 2.4.0 as
 * well, after its plugin had crashed under a rule, and under rules that use its sinks: there the new process can also
 * meet the sockets of the old one, and the registration after that kills it. The next one starts it; so often it is
 * tried again.
 */
const RETRIES = 3;

/**
 * Registers a package and waits until it runs, in this eKuiper's manner. Throws HostFailure with what failed; what the
 * host has then is not looked at.
 */
export async function bringUp(bringing: Bringing): Promise<BroughtUp> {
  const { client, info, watcher, registration, isThere } = bringing;
  let answerLost = false;
  for (let attempts = 1; ; attempts += 1) {
    watcher.waiting(waitsFor(bringing, attempts), bringing.limit);
    try {
      answerLost = !(await registered(bringing, isThere || attempts > 1)) || answerLost;
      const health = await waitUntilSettled(client, info, registration.name, bringing);
      if (isWell(health)) return { health, answerLost, attempts };
      const killed = isThere && isUpdateAccident(health);
      const truth = killed ? await healthAfterAll(bringing, health) : health;
      if (isWell(truth)) return { health: truth, answerLost, attempts };
      if (!killed || attempts > RETRIES) throw notRunning(client, registration.name, health);
    } finally {
      watcher.settled();
    }
  }
}

/** A function that is lost shows after 5 s; a source that lives brings rows before that. */
const LIFE = 6000;

async function healthAfterAll(bringing: Bringing, health: Health): Promise<Health> {
  const { client, info, registration, clock } = bringing;
  const plugin = mayBeLate(health, info) ? await client.plugin(registration.name) : null;
  if (plugin === null) return health;
  const uses = ruleUses(await client.exported(), plugin, NOT_COUNTED);
  return healthByRows(client, { info, health, uses }, { clock, limit: LIFE });
}

/** Whether nothing speaks against it running. */
export function isWell(health: Health): boolean {
  return health.state === 'running' || health.state === 'unknown';
}

function waitsFor({ info, registration, hasScript }: Bringing, attempts: number): string {
  const again = attempts > 1 ? ' once more (the update killed its process)' : '';
  if (hasScript) return `for install.sh and ${registration.name} to start${again}`;
  return has(info.version, 'reports-status')
    ? `for ${registration.name} to start${again}`
    : `for eKuiper to unpack ${registration.name}${again}`;
}

/** Registers once; false when the answer was lost and asking showed that it was done. */
async function registered(bringing: Bringing, isThere: boolean): Promise<boolean> {
  try {
    await send(bringing, isThere);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || !thrown.unsettled) throw thrown;
    await untilKnown(bringing, thrown);
    return false;
  }
}

/**
 * POST for a new plugin, PUT for one that is there; before 2.0 see {@link replace}. Source: docs/ekuiper.md#plugin-api.
 */
async function send(bringing: Bringing, isThere: boolean): Promise<void> {
  const { client, info, registration, limit } = bringing;
  if (!isThere) return client.create(registration, limit);
  return has(info.version, 'reports-status')
    ? client.update(registration, limit)
    : replace(bringing);
}

/** A killed process is gone within milliseconds; on a busy machine it was seen to take longer than an update. */
const TIME_TO_DIE = 2000;

/**
 * DELETE, a pause, and POST: on 1.x a PUT kills the old process and starts the new one only where it has noticed by then
 * that the old one is gone. It is a race that goes either way: on 1.14.7 one PUT mostly left nothing running, a second
 * one right behind it started it or came too early, and a second one later killed what the first had started
 * (docs/ekuiper.md#killed-by-an-update, runtime/plugin_ins_manager.go getOrStartProcess). Before 1.8 there is no PUT
 * at all.
 */
export async function replace({
  client,
  registration,
  limit,
  clock,
}: Pick<Bringing, 'client' | 'registration' | 'limit' | 'clock'>): Promise<void> {
  await client.remove(registration.name);
  await clock.pause(TIME_TO_DIE);
  await client.create(registration, limit);
}

/** Returns when it was done all the same; throws when it was not, or when the host does not tell in time. */
async function untilKnown(bringing: Bringing, failure: HostFailure): Promise<void> {
  const { client, info, registration, watcher, clock, limit, before, hasScript } = bringing;
  watcher.waiting(`${failure.message}; asking whether it got there`, limit);
  const timing = { clock, limit, before, patient: hasScript };
  const outcome = await outcomeOf(client, info, registration, timing);
  if (outcome !== 'done') throw lostAnswer(client, failure, outcome);
}
