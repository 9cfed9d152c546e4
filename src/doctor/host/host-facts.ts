import type { HostInfo } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { Interrupted } from '../../deploy/plugins/interrupted.ts';
import { type ListedPlugin, listPlugins } from '../../deploy/plugins/list.ts';

/** What the checks of a host ask; every question is sent once, however many of them want its answer. */
export interface HostFacts {
  readonly client: HostClient;
  /** As kplugin names it and `--host` takes it: `edge1:9081`, or the name of a host. */
  readonly label: string;
  readonly info: () => Promise<HostInfo>;
  readonly plugins: () => Promise<readonly ListedPlugin[]>;
  /** The plugins that are not there because kplugin was interrupted while it changed them. */
  readonly gone: () => Promise<readonly Interrupted[]>;
  readonly exported: () => Promise<HostExport>;
  readonly uploads: () => Promise<readonly string[]>;
  /**
   * Sends `GET /plugins/portables` with this token, or with none, whatever the host's own settings are;
   * gives the status and the words of the answer.
   */
  readonly probe: (token: string | null) => Promise<Probe>;
  /** Whether kplugin has a token for it. */
  readonly hasToken: boolean;
  /** Whether kplugin signs its tokens itself, by the later of both clocks. */
  readonly signs: boolean;
  /** Milliseconds since 1970, on this machine. */
  readonly now: () => number;
  /** For looking twice, where rows tell more than the host says. */
  readonly clock: Clock;
  /** `--write`: what changes the host for a moment may be tried. */
  readonly write: boolean;
}

export interface Probe {
  readonly status: number;
  readonly words: string;
}

export type HostSettings = Pick<
  HostFacts,
  'client' | 'probe' | 'hasToken' | 'signs' | 'now' | 'clock' | 'write'
>;

/** The facts about a host; nothing is sent before the first question. */
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
