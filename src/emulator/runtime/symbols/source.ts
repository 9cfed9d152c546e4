import { has } from '../../../model/behaviours.ts';
import { isDeeper } from '../../../model/json/bounded.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { listenPull, type PullSocket } from '../../../sp/pull.ts';
import { excerpt } from '../refusal.ts';
import type { SymbolEnvironment } from '../run/side.ts';
import { dataPath, listenOr } from '../run/symbol-sockets.ts';
import type { OpenSource, SourceMessage, SourceRequest } from '../symbol-contract.ts';
import type { PluginRuntime } from './plugin-runtime.ts';
import type { Control } from './symbol-messages.ts';

/** A source that can be closed without sending `stop`, for a plugin that is ending anyway. */
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
  around: SymbolEnvironment,
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
  readonly #around: SymbolEnvironment;
  readonly #onClosed: (source: HeldSource) => void;
  readonly #control: Control;
  #socket: PullSocket | null = null;
  #stopping: Promise<void> | null = null;

  constructor(
    request: SourceRequest,
    runtime: PluginRuntime,
    around: SymbolEnvironment,
    onClosed: (source: HeldSource) => void,
  ) {
    this.request = request;
    this.#runtime = runtime;
    this.#around = around;
    this.#onClosed = onClosed;
    const { symbol, meta, config, dataSource } = request;
    const topic = dataSource && !has(around.target, 'sends-many-settings') ? { dataSource } : {};
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

  /** Runs for every row: nothing here may wait unless the receiver returns a promise. */
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

/** A message, or eKuiper's log text for bytes that are no message. */
type Decoded = SourceMessage | string;

type Row = Readonly<Record<string, unknown>>;

/**
 * Decodes a message of a source: `{"message":{…},"meta":{…}|null}`; keys in any letter case, as Go reads them. Source:
 * portable/runtime/source.go.
 */
export function decodeMessage(body: Buffer): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return undecodable(body, error instanceof Error ? error.message : String(error));
  }
  if (isDeeper(value, TEXT_LIMITS.jsonDepth)) {
    return undecodable(body, `it is deeper than the ${TEXT_LIMITS.jsonDepth} levels of kplugin`);
  }
  if (!isRow(value)) return undecodable(body, 'it is no object');
  const message = memberOf(value, 'message');
  const meta = memberOf(value, 'meta');
  if (isRow(message) && (meta === undefined || meta === null || isRow(meta))) {
    return { message, meta: meta ?? null, bytes: body.length };
  }
  return fault(body, value, message);
}

function fault(body: Buffer, value: Row, message: unknown): string {
  if (typeof value['error'] === 'string' && message === undefined) {
    return `the source reports an error, which eKuiper 2 drops: ${value['error']}`;
  }
  if (message === undefined || message === null) return undecodable(body, 'it has no "message"');
  return undecodable(body, '"message" and "meta" have to be objects');
}

function undecodable(body: Buffer, reason: string): string {
  return `Invalid data format, cannot decode ${excerpt(body)} to json format with error ${reason}`;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(row: Row, name: string): unknown {
  if (row[name] !== undefined) return row[name];
  const key = Object.keys(row).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : row[key];
}
