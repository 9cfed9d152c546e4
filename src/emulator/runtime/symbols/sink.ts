import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { has } from '../../../model/behaviours.ts';
import { durationText } from '../../../model/duration.ts';
import { signalWithin, withTimeout } from '../../../sp/deadline.ts';
import { DialFailed } from '../../../sp/errors.ts';
import { listenPull, type PullSocket } from '../../../sp/pull.ts';
import { dialPush, type PushSocket } from '../../../sp/push.ts';
import { diagnosed, errnoWords, HostRefusal } from '../refusal.ts';
import { OneAtATime } from '../run/control.ts';
import type { SymbolEnvironment } from '../run/side.ts';
import { ackPath, dataPath, listenOr } from '../run/symbol-sockets.ts';
import type { OpenSink, SinkRequest } from '../symbol-contract.ts';
import type { PluginRuntime } from './plugin-runtime.ts';
import { Acknowledgements, type Control, decodeAcknowledgement } from './symbol-messages.ts';

const DONE = Promise.resolve();

/** A sink that can be closed without sending `stop`, for a plugin that is ending anyway. */
export interface HeldSink extends OpenSink {
  release(): Promise<void>;
}

/**
 * Listens for a sink's acknowledgements, starts the sink, then connects to it, as eKuiper does. Throws HostRefusal;
 * then nothing is left open. Source: portable/runtime/sink.go.
 */
export async function openSink(
  request: SinkRequest,
  runtime: PluginRuntime,
  around: SymbolEnvironment,
  onClosed: (sink: HeldSink) => void,
): Promise<HeldSink> {
  const sink = new Sink(request, runtime, around, onClosed);
  await sink.open();
  return sink;
}

class Sink implements HeldSink {
  count = 0;
  readonly request: SinkRequest;
  readonly #runtime: PluginRuntime;
  readonly #around: SymbolEnvironment;
  readonly #onClosed: (sink: HeldSink) => void;
  readonly #control: Control;
  readonly #wantsAck: boolean;
  readonly #acks = new Acknowledgements();
  readonly #turns = new OneAtATime();
  #ackSocket: PullSocket | null = null;
  #socket: PushSocket | null = null;
  /** Resolves when the socket accepts messages again; null when it does now. */
  #room: Promise<void> | null = null;
  #stopping: Promise<void> | null = null;

  constructor(
    request: SinkRequest,
    runtime: PluginRuntime,
    around: SymbolEnvironment,
    onClosed: (sink: HeldSink) => void,
  ) {
    this.request = request;
    this.#runtime = runtime;
    this.#around = around;
    this.#onClosed = onClosed;
    const { symbol, meta, config } = request;
    this.#control = { symbolName: symbol, meta, pluginType: 'sink', config };
    this.#wantsAck = has(around.target, 'asks-for-acks-by-number')
      ? Number(config['requiredACKs']) > 0
      : config['requireAck'] === true;
  }

  get plugin(): string {
    return this.#runtime.side.name;
  }

  get #path(): string {
    return dataPath(this.#around.socketFolder, this.request.meta);
  }

  async open(): Promise<void> {
    const path = ackPath(this.#around.socketFolder, this.request.meta);
    const words = `can't listen on pull socket for ipc://${path}`;
    const rival = 'a rule with the same id and operation';
    this.#ackSocket = await listenOr({ path, words, rival }, () =>
      listenPull(path, { onMessage: (body) => this.#acknowledged(body) }),
    );
    try {
      await this.#runtime.start(this.#control);
      this.#socket = await this.#dial().catch(async (error: unknown) => {
        await this.#runtime.stop(this.#control).catch(() => undefined);
        throw error;
      });
    } catch (error) {
      await this.#ackSocket.close();
      throw error;
    }
  }

  send(body: Uint8Array | string): Promise<void> {
    if (this.#socket === null || this.#stopping !== null) {
      return Promise.reject(new HostRefusal('object closed'));
    }
    if (this.#wantsAck) return this.#turns.run(() => this.#sendAndWait(body));
    if (this.#room !== null) return this.#turns.run(() => this.#sendLater(body));
    this.#put(body);
    return DONE;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async release(): Promise<void> {
    await this.#socket?.close();
    await this.#ackSocket?.close();
    // The sink itself listens on this socket, so a killed plugin leaves the file behind.
    if (this.#runtime.side.isGone) await rm(this.#path, { force: true });
    this.#onClosed(this);
  }

  async #sendAndWait(body: Uint8Array | string): Promise<void> {
    await this.#sendLater(body);
    await this.#acks.next(this.#around.timeouts.receiveMs);
  }

  async #sendLater(body: Uint8Array | string): Promise<void> {
    const { sendMs } = this.#around.timeouts;
    if (this.#room !== null && (await withTimeout(this.#room, sendMs, 'late')) === 'late') {
      throw new HostRefusal('send time out');
    }
    this.#put(body);
  }

  #put(body: Uint8Array | string): void {
    const room = this.#socket?.offer(body) ?? null;
    this.#room = room;
    if (room !== null) {
      void room.then(() => {
        if (this.#room === room) this.#room = null;
      });
    }
    this.count += 1;
    const { onData } = this.#around;
    if (onData === null) return;
    const { symbol, meta } = this.request;
    onData({ kind: 'sent', plugin: this.plugin, symbol, meta, body });
  }

  #acknowledged(body: Buffer): void {
    const error = decodeAcknowledgement(body);
    const { symbol, meta, onAck } = this.request;
    // Not requested: eKuiper would leave it in the socket, until the sink could send no more.
    if (this.#wantsAck) this.#acks.put(error);
    this.#around.onData?.({ kind: 'ack', plugin: this.plugin, symbol, meta, error });
    onAck?.(error);
  }

  async #dial(): Promise<PushSocket> {
    const path = this.#path;
    const { receiveMs } = this.#around.timeouts;
    const signal = signalWithin(receiveMs, this.#runtime.side.lost);
    let isLate = false;
    const pause = (ms: number, stop: AbortSignal): Promise<unknown> => {
      isLate = true;
      return sleep(ms, null, { signal: stop });
    };
    try {
      const socket = await dialPush(path, { signal, pause });
      if (isLate) this.#noteLate();
      return socket;
    } catch (error) {
      const cause = error instanceof DialFailed ? error.cause : error;
      const words = `can't dial on push socket: dial unix ${path}: connect: ${errnoWords(cause)}`;
      const waited = `kplugin: the sink answered "ok" but listens on no socket, after ${durationText(receiveMs)}`;
      throw new HostRefusal(diagnosed(words, [waited]), { cause: error });
    }
  }

  #noteLate(): void {
    this.#around.fault(
      this.plugin,
      `sink ${this.request.symbol} answered "ok" before it listened; eKuiper dials once, and fails then`,
    );
  }

  async #stop(): Promise<void> {
    // Accepted rows are flushed first, unless the plugin has ended.
    const { sendMs } = this.#around.timeouts;
    const flushed = this.#socket?.flush().catch(() => undefined) ?? DONE;
    if (this.#runtime.isRunning) await withTimeout(flushed, sendMs, undefined);
    await this.release();
    await this.#runtime.stop(this.#control);
  }
}
