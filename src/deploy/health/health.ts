import type { HostInfo, PluginStatus } from '../../client/answers.ts';
import { has } from '../../model/behaviours.ts';

/**
 * How a plugin is, as far as its host can tell.
 * `dead`: its process ended and eKuiper starts it never again (docs/ekuiper.md#dead-plugins). `unknown`: this eKuiper
 * does not say (1.x).
 */
export type HealthState = 'running' | 'starting' | 'dead' | 'stopped' | 'unknown';

export interface Health {
  readonly state: HealthState;
  /** eKuiper's words: `exit status 3`, `signal: killed`; empty when it runs. */
  readonly error: string;
  /** One or two sentences: what that means on this eKuiper. */
  readonly meaning: string;
  /** Rules by id with how many of the plugin's sources and sinks each holds; functions are never counted. */
  readonly rules: ReadonlyMap<string, number>;
}

/**
 * Reads a status as eKuiper means it; `null` is its answer where it has none. Source: docs/ekuiper.md#status,
 * #killed-by-an-update, #dead-plugins.
 */
export function healthOf(status: PluginStatus | null, info: HostInfo): Health {
  if (status === null) {
    return { state: 'unknown', error: '', meaning: unknown(info), rules: new Map() };
  }
  const { state, error, refCount: rules } = status;
  const made = (mine: HealthState, meaning: string): Health => ({
    state: mine,
    error,
    meaning,
    rules,
  });
  if (state === 'running') return made('running', 'eKuiper has started it and it reported back');
  if (state === 'initializing') return made('starting', 'eKuiper waits for it to report back');
  if (state === 'stop') return made('stopped', 'eKuiper has stopped it');
  if (state === 'unknown') return made('unknown', 'eKuiper says of it what kplugin does not know');
  return made('dead', deadMeaning(error, info));
}

/** Whether registering it again is what it needs. A host that does not tell is believed. */
export function isDown({ state }: Health): boolean {
  return state === 'dead' || state === 'stopped';
}

/**
 * Whether a plugin is down because of the way eKuiper updates, not because of itself: its new process was killed
 * (docs/ekuiper.md#killed-by-an-update), or met the sockets of the old one (seen on 2.4.0 with sinks in use).
 * Registering again helps.
 */
export function isUpdateAccident({ error }: Health): boolean {
  return /signal: killed|address (?:already )?in ?use|EADDRINUSE/i.test(error);
}

function unknown(info: HostInfo): string {
  if (has(info.version, 'reports-status'))
    return 'eKuiper has it registered and says nothing about its process';
  return `eKuiper ${info.version} does not tell whether a plugin runs; it starts one with the first rule that uses it`;
}

function deadMeaning(error: string, info: HostInfo): string {
  const never =
    'eKuiper never starts it again by itself, and rules that use it go on saying running';
  if (/signal: killed/.test(error)) {
    const lateWord =
      'Right after an update eKuiper may mean the old process, told late, while the new one works';
    return has(info.version, 'kills-on-every-other-update')
      ? 'its process was killed: every other update does that on eKuiper 2.0; the next one starts it again'
      : `its process was killed (by hand, or for want of memory); ${never}. ${lateWord}`;
  }
  if (/^receive error/.test(error)) {
    return 'it answered with an error when eKuiper started a source or sink of it for a rule; that rule may stand still';
  }
  if (/handshake/.test(error)) return 'it was started and never reported back';
  if (/exit status|signal:/.test(error)) return `its process ended (${error}); ${never}`;
  return `eKuiper could not start it; ${never}`;
}
