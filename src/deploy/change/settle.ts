import type {
  HostInfo,
  InstalledPlugin,
  PluginStatus,
  Registration,
} from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health.ts';
import { isSameRegistration } from '../record/host-record.ts';

const LONGEST_PAUSE = 5000;

/**
 * The minimum number of tries, whatever the time limit: one request that hangs may use all of the time, and the
 * rollback must go on after it.
 */
const LEAST_TRIES = 3;

const LOOK_EVERY = 500;

/** So many running statuses in a row are required; a Python that cannot import a module ends within about a second. */
const STEADY = 3;

/**
 * So many stopped statuses in a row are waited for: eKuiper 2.0 reports it after an update until it notices that the
 * process it killed has ended, which took longer than the first look on a busy machine.
 */
const STOPPED = 10;

const ASK_EVERY = 1000;

/** So many idle answers in a row mean that the host has no pending request for the plugin. */
const QUIET_ENOUGH = 5;

interface SettleOptions {
  readonly clock: Clock;
  /** Milliseconds until it stops asking. */
  readonly limit: number;
  /** The previous registration. While it is unchanged, the request did not arrive or was refused immediately. */
  readonly before: Registration | null;
  /** Wait longer: a package with install.sh may be installing for minutes without a visible change. */
  readonly patient: boolean;
}

/** `open`: when the time was over, the host was still busy or did not answer. */
type Outcome = 'done' | 'not-done' | 'open';

/**
 * Finds out on the host whether a registration whose answer was lost was carried out.
 * eKuiper keeps a registration (shown in `/data/export`) only after the plugin is installed and, on 2.x, has sent its
 * handshake. While eKuiper starts a plugin, the status request does not return, and the plugin is listed without a
 * registration. When the status request returns and there is still no registration, the host stopped while it was
 * installing.
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

/** `forgotten`: listed, but neither registered nor being started. */
type Sight = 'done' | 'busy' | 'quiet' | 'as-before' | 'forgotten';

async function look(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  before: Registration | null,
): Promise<Sight> {
  const status = has(info.version, 'reports-status') ? await client.status(wanted.name) : null;
  const plugin = await client.plugin(wanted.name);
  if (!has(info.version, 'exports-registrations')) return plugin === null ? 'quiet' : 'done';
  const registration = (await client.registrations()).get(wanted.name) ?? null;
  if (plugin === null) return 'quiet';
  if (isSameRegistration(registration, wanted)) return 'done';
  if (registration === null) return hasDecided(status) ? 'forgotten' : 'busy';
  return isSameRegistration(registration, before) ? 'as-before' : 'quiet';
}

function hasDecided(status: PluginStatus | null): boolean {
  return status !== null && status.state !== 'initializing' && status.state !== 'unknown';
}

/** A host that restarts or whose network is down is asked again; a refusal is an answer. */
function stillDown(thrown: unknown): Sight {
  if (thrown instanceof HostFailure && (thrown.unsettled || thrown.kind === 'unreachable')) {
    return 'busy';
  }
  throw thrown;
}

/**
 * Waits while a plugin starts, at most `limit` milliseconds, and returns its health.
 * Running counts when it is seen three times over a second: eKuiper also reports it for a process that is about to
 * end, when an old handshake is still in the socket (seen on 2.4.0 after a crash), or when the process ends
 * immediately after its own handshake.
 * Before 2.0 it does not wait: there the first rule starts the plugin.
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
  let stops = 0;
  for (;;) {
    const health = healthOf(await client.status(name), info);
    runs = health.state === 'running' ? runs + 1 : 0;
    stops = health.state === 'stopped' ? stops + 1 : 0;
    const undecided =
      health.state === 'starting' ||
      (health.state === 'running' && runs < STEADY) ||
      (health.state === 'stopped' && stops < STOPPED);
    if (!undecided || timing.clock.now() >= end) return health;
    await timing.clock.pause(LOOK_EVERY);
  }
}

/** What a host has of a plugin at this moment. */
export interface CurrentState {
  readonly plugin: InstalledPlugin | null;
  /** Null when the plugin has none, or when this eKuiper does not export registrations. */
  readonly registration: Registration | null;
}

/** Reads the current state of a plugin. Throws HostFailure. */
export async function readCurrentState(
  client: HostClient,
  info: HostInfo,
  name: string,
): Promise<CurrentState> {
  const plugin = await client.plugin(name);
  if (plugin === null || !has(info.version, 'exports-registrations'))
    return { plugin, registration: null };
  return { plugin, registration: (await client.registrations()).get(name) ?? null };
}

/**
 * Retries a request until the host answers, with growing pauses, for at most `limit` milliseconds but at least three
 * times: a restore must not stop at the first broken connection. A refusal is an answer. A page that eKuiper never
 * sends (of a proxy, for example) is none, because eKuiper has answered at this address before. Throws the last
 * HostFailure.
 */
export async function retryUntilAnswered<T>(
  work: () => Promise<T>,
  { clock, limit }: { readonly clock: Clock; readonly limit: number },
): Promise<T> {
  const end = clock.now() + limit;
  let pause = 500;
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (thrown) {
      const isOver = tries >= LEAST_TRIES && clock.now() + pause >= end;
      if (!isNoAnswer(thrown) || isOver) throw thrown;
      await clock.pause(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}

function isNoAnswer(thrown: unknown): boolean {
  if (!(thrown instanceof HostFailure)) return false;
  return thrown.unsettled || thrown.kind === 'unreachable' || thrown.kind === 'wrong-service';
}
