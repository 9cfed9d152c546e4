import { existsSync } from 'node:fs';
import { signalWithin } from '../../sp/deadline.ts';
import type { FunctionSpec } from '../api/function.ts';
import { Calls } from './call.ts';
import type { Plugin } from './environment.ts';
import { type HostChannel, openHostChannel } from './host-channel.ts';
import { makeFunction } from './make.ts';

type Specs = Readonly<Record<string, FunctionSpec>>;

/**
 * The functions of a plugin, each with at most one connection: with two, eKuiper would mix up their replies
 * (docs/ekuiper.md#workaround-in-the-plugin).
 */
export class Functions {
  readonly #plugin: Plugin;
  readonly #specs: Specs;
  readonly #calls = new Map<string, Calls>();
  /** Functions that are connected or connecting. */
  readonly #channels = new Map<string, Promise<HostChannel>>();
  readonly #closing = new AbortController();

  constructor(plugin: Plugin, specs: Specs) {
    this.#plugin = plugin;
    this.#specs = specs;
  }

  /** Handles `start`: connects unless connected. Throws what the constructor of the symbol throws, or DialFailed. */
  async start(symbol: string): Promise<void> {
    // An attempt with a short timeout may be in progress; if it fails, one with the longer timeout follows.
    if (await this.#channels.get(symbol)?.catch(() => null)) return;
    await this.#connect(symbol, this.#plugin.limits.dialMs);
  }

  /**
   * The workaround: after an update eKuiper sends `start` for one of the functions only and treats the others as
   * running. The functions whose sockets a host listens on are connected without a `start`
   * (docs/ekuiper.md#functions-after-an-update, #workaround-in-the-plugin).
   */
  workaround(): void {
    for (const symbol of Object.keys(this.#specs)) this.#tryAgain(symbol);
  }

  close(): void {
    this.#closing.abort();
    for (const channel of this.#channels.values()) channel.then((open) => open.close(), nothing);
    this.#channels.clear();
  }

  #tryAgain(symbol: string): void {
    if (this.#closing.signal.aborted || !existsSync(this.#path(symbol))) return;
    const log = this.#plugin.logOf(symbol);
    this.#connect(symbol, this.#plugin.limits.workaroundMs).then(
      () => log.info('connected again to the host that listens for it'),
      (error: unknown) => log.debug('not connected before it is started:', error),
    );
  }

  #connect(symbol: string, timeoutMs: number): Promise<HostChannel> {
    const known = this.#channels.get(symbol);
    if (known !== undefined) return known;
    const channel = this.#dial(symbol, timeoutMs);
    this.#channels.set(symbol, channel);
    channel.catch(() => this.#forget(symbol, channel));
    return channel;
  }

  async #dial(symbol: string, timeoutMs: number): Promise<HostChannel> {
    const channel: Promise<HostChannel> = openHostChannel(this.#path(symbol), {
      answer: this.#callsOf(symbol).answer,
      signal: signalWithin(timeoutMs, this.#closing.signal),
      silenceMs: this.#plugin.limits.silenceMs,
      onDisconnect: () => {
        channel.then((open) => this.#lost(symbol, open), nothing);
      },
    });
    return channel;
  }

  // When only the connection is lost the host continues to listen, and never sends `start` again.
  #lost(symbol: string, channel: HostChannel): void {
    channel.close();
    this.#channels.delete(symbol);
    if (this.#closing.signal.aborted) return;
    this.#plugin.logOf(symbol).warn('the host has closed the connection');
    this.#tryAgain(symbol);
  }

  #forget(symbol: string, channel: Promise<HostChannel>): void {
    if (this.#channels.get(symbol) === channel) this.#channels.delete(symbol);
  }

  #callsOf(symbol: string): Calls {
    const known = this.#calls.get(symbol);
    if (known !== undefined) return known;
    const spec = Object.hasOwn(this.#specs, symbol) ? this.#specs[symbol] : undefined;
    if (spec === undefined) throw new Error(`symbol not found: function ${symbol}`);
    const calls = new Calls(makeFunction(spec), this.#plugin.logOf(symbol));
    this.#calls.set(symbol, calls);
    return calls;
  }

  #path(symbol: string): string {
    return `${this.#plugin.socketFolder}/func_${symbol}.ipc`;
  }
}

function nothing(): void {
  // The caller that dialled gets the error.
}
