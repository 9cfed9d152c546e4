import { listenPull, type PullSocket } from '../../../sp/pull.ts';
import { listenOr } from '../run/listening.ts';
import type { SymbolSurroundings } from './around.ts';
import type { OpenSource, SourceRequest } from './contract.ts';
import type { Control } from './control-object.ts';
import { decodeMessage } from './message.ts';
import type { PluginRuntime } from './plugin-runtime.ts';
import { dataPath } from './socket-names.ts';

/** One that can be closed without a word to its plugin, which ends anyway. */
export interface HeldSource extends OpenSource {
  release(): Promise<void>;
}

/**
 * Listens for the rows of a source, then starts it, as eKuiper does. Throws HostRefusal; then nothing is left open.
 * Source: portable/runtime/source.go.
 */
export async function openSource(
  request: SourceRequest,
  runtime: PluginRuntime,
  around: SymbolSurroundings,
  onClosed: (source: HeldSource) => void,
): Promise<HeldSource> {
  const source = new Source(request, runtime, around, onClosed);
  await source.open();
  return source;
}

class Source implements HeldSource {
  count = 0;
  readonly request: SourceRequest;
  readonly #runtime: PluginRuntime;
  readonly #around: SymbolSurroundings;
  readonly #onClosed: (source: HeldSource) => void;
  readonly #control: Control;
  #socket: PullSocket | null = null;
  #stopping: Promise<void> | null = null;

  constructor(
    request: SourceRequest,
    runtime: PluginRuntime,
    around: SymbolSurroundings,
    onClosed: (source: HeldSource) => void,
  ) {
    this.request = request;
    this.#runtime = runtime;
    this.#around = around;
    this.#onClosed = onClosed;
    const { symbol, meta, config, dataSource } = request;
    const topic = around.target === '1.14' && dataSource ? { dataSource } : {};
    this.#control = { symbolName: symbol, meta, pluginType: 'source', config, ...topic };
  }

  get plugin(): string {
    return this.#runtime.side.name;
  }

  async open(): Promise<void> {
    const path = dataPath(this.#around.socketFolder, this.request.meta);
    const words = `can't listen on pull socket for ipc://${path}`;
    const rival = 'a rule with the same id and operation';
    this.#socket = await listenOr({ path, words, rival }, () =>
      listenPull(path, {
        onMessage: (body) => this.#receive(body),
        onDisconnect: (reason) => {
          if (reason !== null) this.#fault(`the connection was closed: ${reason.message}`);
        },
      }),
    );
    try {
      await this.#runtime.start(this.#control);
    } catch (error) {
      await this.#socket.close();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Runs for every row: nothing here may wait unless the receiver asks for it. */
  #receive(body: Buffer): void | Promise<void> {
    const message = decodeMessage(body);
    if (typeof message === 'string') return this.#fault(message);
    this.count += 1;
    const { onData } = this.#around;
    if (onData !== null) {
      const { symbol, meta } = this.request;
      onData({ kind: 'row', plugin: this.plugin, symbol, meta, row: message });
    }
    return this.request.onMessage(message);
  }

  #fault(text: string): void {
    this.request.onFault?.(text);
  }

  async release(): Promise<void> {
    await this.#socket?.close();
    this.#onClosed(this);
  }

  async #stop(): Promise<void> {
    await this.release();
    await this.#runtime.stop(this.#control);
  }
}
