import { dialRequest, type RequestSocket } from '../../sp/request.ts';
import type { Plugin } from './environment.ts';

const HANDSHAKE = 'handshake';
const ORPHAN_MS = 100;

/**
 * Serves the control connection. A lost connection is dialled again for `limits.hostMs`, unless the process that
 * started the plugin has ended: then the host has ended too, the next host starts its own plugin process, and an orphan
 * must not interfere with its calls. Throws DialFailed.
 */
export async function serveControl(
  plugin: Plugin,
  answer: (request: Buffer) => Promise<string>,
): Promise<HostChannel> {
  const { limits } = plugin;
  const log = plugin.logOf('control');
  let timeouts: NodeJS.Timeout | undefined;
  const endIfOrphan = () => {
    if (plugin.isOrphan()) plugin.onLost('the host that started this plugin is gone');
  };
  return openHostChannel(`${plugin.socketFolder}/plugin_${plugin.name}.ipc`, {
    answer,
    signal: AbortSignal.timeout(limits.hostMs),
    onConnect: () => {
      clearTimeout(timeouts);
      endIfOrphan();
      log.info('connected to the host');
    },
    onDisconnect: () => {
      log.warn('the connection to the host is closed; dialling again');
      // The end of the host process is visible shortly after its connections close.
      setTimeout(endIfOrphan, ORPHAN_MS).unref();
      const why = `no host for ${limits.hostMs / 1000} s`;
      timeouts = setTimeout(() => plugin.onLost(why), limits.hostMs);
    },
  });
}

export interface HostChannel {
  close(): void;
}

interface HostChannelOptions {
  /** Answers a request; never throws or rejects. */
  readonly answer: (request: Buffer) => string | Promise<string>;
  /** Aborts the wait for the first connection. */
  readonly signal: AbortSignal;
  /** After this time without a request `handshake` is sent once more; default: never. */
  readonly silenceMs?: number;
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
}

/**
 * The plugin's end of a control or function socket: sends `handshake`, then answers the host's requests, one at a time
 * (docs/wire.md#request-and-reply). A new connection begins with a new `handshake`, never with the answer to a request
 * of the old one. Resolves with the first connection; throws DialFailed.
 */
export async function openHostChannel(
  path: string,
  options: HostChannelOptions,
): Promise<HostChannel> {
  const channel = new Channel(options);
  const socket = await dialRequest(path, {
    signal: options.signal,
    onConnect: () => options.onConnect?.(),
    onDisconnect: () => channel.disconnected(),
  });
  channel.begin(socket);
  return channel;
}

class Channel implements HostChannel {
  readonly #options: HostChannelOptions;
  #socket: RequestSocket | null = null;
  #silence: NodeJS.Timeout | undefined;
  /** Counts connections: a request of an earlier connection is not answered on the present one. */
  #connection = 0;
  #hasRequest = false;
  #lastSent = '';
  #isClosed = false;

  constructor(options: HostChannelOptions) {
    this.#options = options;
  }

  begin(socket: RequestSocket): void {
    this.#socket = socket;
    const { silenceMs } = this.#options;
    if (silenceMs !== undefined) {
      this.#silence = setTimeout(() => this.#repeatHandshake(), silenceMs);
      this.#silence.unref();
    }
    this.#send(HANDSHAKE);
  }

  disconnected(): void {
    if (this.#isClosed) return;
    this.#connection += 1;
    // Replaces an answer that would otherwise be sent again on the next connection.
    if (!this.#hasRequest) this.#send(HANDSHAKE);
    this.#options.onDisconnect?.();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#silence);
    this.#socket?.close();
    this.#socket = null;
  }

  // Only once: the host reads none of them while it sends no requests, so more would pile up.
  #repeatHandshake(): void {
    if (!this.#hasRequest && this.#lastSent !== HANDSHAKE) this.#send(HANDSHAKE);
  }

  #send(text: string): void {
    this.#hasRequest = false;
    this.#lastSent = text;
    this.#silence?.refresh();
    this.#socket?.request(text).then(
      (request) => this.#receive(request),
      // Replaced by a newer request, or closed.
      () => undefined,
    );
  }

  #receive(request: Buffer): void {
    this.#hasRequest = true;
    const answer = this.#options.answer(request);
    if (typeof answer === 'string') {
      this.#send(answer);
      return;
    }
    const connection = this.#connection;
    void answer.then((text) => this.#send(connection === this.#connection ? text : HANDSHAKE));
  }
}
