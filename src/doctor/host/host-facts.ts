import type { HostInfo } from '../../client/answers.ts';
import { type Credentials, Secret } from '../../client/auth/credentials.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { type ListedPlugin, listPlugins } from '../../deploy/plugins/host-plugins.ts';
import type { Interrupted } from '../../deploy/plugins/interrupted.ts';

/** The requests of the host checks; each is sent once, however many checks use its answer. */
export interface HostFacts {
  readonly client: HostClient;
  /** The host in messages and as the value of `--host`: `edge1:9081`, or the name of a host. */
  readonly label: string;
  readonly info: () => Promise<HostInfo>;
  readonly plugins: () => Promise<readonly ListedPlugin[]>;
  /** Plugins that are missing because kplugin was interrupted while it changed them. */
  readonly gone: () => Promise<readonly Interrupted[]>;
  readonly exported: () => Promise<HostExport>;
  readonly uploads: () => Promise<readonly string[]>;
  /**
   * Sends `GET /plugins/portables` with this token or with none, independent of the host's settings; returns status
   * and body of the response.
   */
  readonly probe: (token: string | null) => Promise<Probe>;
  /** Whether kplugin has a token for the host. */
  readonly hasToken: boolean;
  /** Whether kplugin signs its tokens itself, by the later of both clocks. */
  readonly signs: boolean;
  /** Milliseconds since 1970, on this machine. */
  readonly now: () => number;
  /** For a recheck, when rows show more than the host's status. */
  readonly clock: Clock;
  /** `--write`: checks may change the host temporarily. */
  readonly write: boolean;
}

interface Probe {
  readonly status: number;
  readonly words: string;
}

export type HostSettings = Pick<
  HostFacts,
  'client' | 'probe' | 'hasToken' | 'signs' | 'now' | 'clock' | 'write'
>;

/** Makes the facts about a host; sends nothing before the first call. */
export function hostFacts(settings: HostSettings): HostFacts {
  const { client } = settings;
  const list = once(() => listPlugins(client, settings.clock));
  return {
    ...settings,
    label: client.address.label,
    info: once(() => client.info()),
    plugins: async () => (await list()).plugins,
    gone: async () => (await list()).gone,
    exported: once(() => client.exported()),
    uploads: once(() => client.uploads()),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** Requests the plugins of a host with other credentials than its own, over a connection that is closed afterwards. */
export async function probeWith(
  token: string | null,
  open: (credentials: Credentials) => HostClient,
): Promise<Probe> {
  const client = open(
    token === null ? { kind: 'none' } : { kind: 'token', token: new Secret(token) },
  );
  try {
    await client.plugins();
    return { status: 200, words: '' };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || thrown.status === null) throw thrown;
    return { status: thrown.status, words: thrown.words ?? '' };
  } finally {
    await client.close();
  }
}

/**
 * The uptime in the largest unit of which there are at least two: `90 seconds`, `15 minutes`, `40 hours`, `12 days`.
 */
export function upText(seconds: number): string {
  const units = [
    ['days', 86_400],
    ['hours', 3600],
    ['minutes', 60],
  ] as const;
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? ['seconds', 1];
  const count = Math.floor(seconds / length);
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
