import type { HostInfo, PluginStatus } from '../client/answers.ts';
import { has } from '../model/behaviours.ts';

/**
 * The state of a plugin, as far as its host reports it. `dead`: its process ended, and eKuiper never restarts it
 * (docs/ekuiper.md#dead-plugins). `unknown`: this eKuiper does not report it (1.x).
 */
export type HealthState = 'running' | 'starting' | 'dead' | 'stopped' | 'unknown';

export interface Health {
  readonly state: HealthState;
  /** eKuiper's error text: `exit status 3`, `signal: killed`; empty when it runs. */
  readonly error: string;
  /** One or two sentences: what the state means on this eKuiper. */
  readonly meaning: string;
  /** By rule id, how many sources and sinks of the plugin each rule holds; functions are never counted. */
  readonly rules: ReadonlyMap<string, number>;
}

/**
 * Interprets a plugin status; `null` is eKuiper's answer when it has no status. Source: docs/ekuiper.md#status,
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
  if (state === 'unknown')
    return made('unknown', 'eKuiper reports a state that kplugin does not know');
  return made('dead', deadMeaning(error, info));
}

/** Whether registering the plugin again is needed. False when the host does not report the state. */
export function isDown({ state }: Health): boolean {
  return state === 'dead' || state === 'stopped';
}

/**
 * Whether eKuiper's way of updating is the cause, not the plugin: the new process was killed
 * (docs/ekuiper.md#killed-by-an-update), or found the sockets of the old one in use (seen on 2.4.0 with sinks in use).
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
      'Right after an update eKuiper may mean the old process, reported late, while the new one works';
    return has(info.version, 'kills-on-every-other-update')
      ? 'its process was killed: every other update does that on eKuiper 2.0; the next one starts it again'
      : `its process was killed (by a user, or because memory ran out); ${never}. ${lateWord}`;
  }
  if (/^receive error/.test(error)) {
    return 'it answered with an error when eKuiper started a source or sink of it for a rule; that rule may stand still';
  }
  if (/handshake/.test(error)) return 'it was started and never reported back';
  if (/exit status|signal:/.test(error)) return `its process ended (${error}); ${never}`;
  return `eKuiper could not start it; ${never}`;
}
