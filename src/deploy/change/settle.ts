import type { HostInfo, PluginStatus, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health/health.ts';
import { isSameRegistration } from '../record/record.ts';

const LOOK_EVERY = 500;

/** So many looks in a row; a Python that cannot import a module dies within a second or so. */
const STEADY = 3;

const ASK_EVERY = 1000;

/** So many quiet answers in a row mean that the host is not at work on it. */
const QUIET_ENOUGH = 5;

export interface SettleOptions {
  readonly clock: Clock;
  /** Milliseconds to go on asking. */
  readonly limit: number;
  /** What was registered before; while it still is, the request did not get there, or was refused at once. */
  readonly before: Registration | null;
  /** A package with install.sh may be at work for long without a sign of it. */
  readonly patient: boolean;
}

/** `open`: the host was still at work, or did not answer, when the time was over. */
export type Outcome = 'done' | 'not-done' | 'open';

/**
 * Whether a registration whose answer was lost came about, found out by asking, not by assuming.
 * eKuiper keeps a registration (shown in `/data/export`) only after the plugin is installed and, on 2.x, has reported
 * back; while it starts one, the status does not answer, and the plugin is listed without a registration. A status that
 * goes on answering without one is what a host leaves that ended while it was at work.
 */
export async function outcomeOf(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  options: SettleOptions,
): Promise<Outcome> {
  const end = options.clock.now() + options.limit;
  let quiet = 0;
  let seen: Sight = 'busy';
  while (options.clock.now() < end) {
    seen = await look(client, info, wanted, options.before).catch(stillDown);
    if (seen === 'done') return 'done';
    quiet = seen === 'busy' ? 0 : quiet + 1;
    if (quiet >= QUIET_ENOUGH && (seen !== 'quiet' || !options.patient)) return 'not-done';
    await options.clock.pause(ASK_EVERY);
  }
  return seen === 'busy' ? 'open' : 'not-done';
}

/** `forgotten`: listed, and neither kept nor being started. */
type Sight = 'done' | 'busy' | 'quiet' | 'as-before' | 'forgotten';

async function look(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  before: Registration | null,
): Promise<Sight> {
  const told = has(info.version, 'reports-status') ? await client.status(wanted.name) : null;
  const plugin = await client.plugin(wanted.name);
  if (!has(info.version, 'exports-registrations')) return plugin === null ? 'quiet' : 'done';
  const registration = (await client.registrations()).get(wanted.name) ?? null;
  if (plugin === null) return 'quiet';
  if (isSameRegistration(registration, wanted)) return 'done';
  if (registration === null) return hasDecided(told) ? 'forgotten' : 'busy';
  return isSameRegistration(registration, before) ? 'as-before' : 'quiet';
}

function hasDecided(status: PluginStatus | null): boolean {
  return status !== null && status.state !== 'initializing' && status.state !== 'unknown';
}

/** A host that starts again, or whose network comes back, is asked again; a refusal is an answer. */
function stillDown(thrown: unknown): Sight {
  if (thrown instanceof HostFailure && (thrown.unsettled || thrown.kind === 'unreachable')) {
    return 'busy';
  }
  throw thrown;
}

/**
 * How a plugin is once it has made up its mind: waits while it starts, at most `limit` milliseconds.
 * Running counts when it is seen three times over a second: eKuiper says so of a program that is about to die, where an
 * old handshake still lies in the socket (seen on 2.4.0 after a crash), or where it dies right after its own.
 * Before 2.0 there is nothing to wait for: the first rule starts it.
 */
export async function waitUntilSettled(
  client: HostClient,
  info: HostInfo,
  name: string,
  timing: { readonly clock: Clock; readonly limit: number },
): Promise<Health> {
  if (!has(info.version, 'reports-status')) return healthOf(null, info);
  const end = timing.clock.now() + timing.limit;
  let runs = 0;
  for (;;) {
    const health = healthOf(await client.status(name), info);
    runs = health.state === 'running' ? runs + 1 : 0;
    const undecided = health.state === 'starting' || (health.state === 'running' && runs < STEADY);
    if (!undecided || timing.clock.now() >= end) return health;
    await timing.clock.pause(LOOK_EVERY);
  }
}
