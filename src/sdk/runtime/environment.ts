import type { Log } from '../api/context.ts';

/** What a plugin has around it; the real one is the process's, tests bring their own. */
export interface Environment {
  /** Where eKuiper puts its sockets: `/tmp`. */
  readonly socketFolder: string;
  /** One piece of text for eKuiper's log, with its line's end. */
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  /** The process that started the plugin is gone. */
  readonly isOrphan: () => boolean;
  /** The host is lost for good: nothing more will come. */
  readonly onLost: (why: string) => void;
  /** How long one row may wait for the host before a line in the log says so, in milliseconds. */
  readonly sendTimeoutMs: number;
  readonly limits: Limits;
}

/** Milliseconds. */
export interface Limits {
  /** A lost control connection is dialled again for so long. */
  readonly hostMs: number;
  /** Sockets that the host listens on before it says `start`. */
  readonly dialMs: number;
  /**
   * A function socket of which nobody knows whether a host listens (docs/ekuiper.md#workaround-in-the-plugin, rule
   * 2).
   */
  readonly workaroundMs: number;
  /** Silence on a function socket before a `handshake`. */
  readonly silenceMs: number;
  /** A sink's `open`, while the host waits for the answer to `start`. */
  readonly openMs: number;
  /** Everything that ends an instance, while the host waits for the answer to `stop`. */
  readonly stopMs: number;
}

export const LIMITS: Limits = {
  hostMs: 60_000,
  dialMs: 5000,
  workaroundMs: 1000,
  silenceMs: 5000,
  openMs: 3000,
  stopMs: 2000,
};

/** What every instance of a plugin shares. */
export interface Plugin extends Environment {
  readonly name: string;
  readonly logOf: (label: string) => Log;
}
