import type { Log } from '../api/context.ts';

/** The environment of a plugin: the process in production, a replacement in tests. */
export interface Environment {
  /** The folder of eKuiper's sockets: `/tmp`. */
  readonly socketFolder: string;
  /** Writes a text to eKuiper's log; it ends with a line feed. */
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Whether the process that started the plugin has ended. */
  readonly isOrphan: () => boolean;
  /** Called when the connection to the host is lost permanently. */
  readonly onLost: (why: string) => void;
  /** How long one row may wait for the host before a line in the log reports it, in milliseconds. */
  readonly sendTimeoutMs: number;
  readonly limits: Limits;
}

/** Timeouts in milliseconds. */
export interface Limits {
  /** How long a lost control connection is dialled again. */
  readonly hostMs: number;
  /** Sockets on which the host listens before it sends `start`. */
  readonly dialMs: number;
  /**
   * A function socket where it is not known whether a host listens (docs/ekuiper.md#workaround-in-the-plugin, rule 2).
   */
  readonly workaroundMs: number;
  /** Time without a request on a function socket before a `handshake` is sent. */
  readonly silenceMs: number;
  /** A sink's `open`, while the host waits for the answer to `start`. */
  readonly openMs: number;
  /** The end of an instance, while the host waits for the answer to `stop`. */
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

/** Shared by every instance of a plugin. */
export interface Plugin extends Environment {
  readonly name: string;
  readonly logOf: (label: string) => Log;
}
