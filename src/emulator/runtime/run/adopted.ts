import { once } from 'node:events';
import { has } from '../../../model/behaviours.ts';
import { durationText } from '../../../model/duration.ts';
import { withTimeout } from '../../../sp/deadline.ts';
import { diagnosed, excerpt, HostRefusal } from '../refusal.ts';
import { type ControlChannel, openControl } from './control.ts';
import type { Environment, InstanceStatus, PluginSide } from './side.ts';

/**
 * An attached process: a plugin that the user starts, for example in a debugger, and may restart. The host listens
 * only and never signals the process.
 */
export class AdoptedSide implements PluginSide {
  readonly name: string;
  /** Its process may still run without a connection. */
  readonly isGone = false;
  /** The user decides whether and when it starts again. */
  readonly isComing = false;
  readonly handshake: Promise<void>;
  readonly #around: Environment;
  readonly #onAgain: () => void;
  #channel: ControlChannel | null = null;
  #status: InstanceStatus = { status: 'initializing', errMsg: '' };
  #isThere = false;
  #loss = new AbortController();
  #shaken: () => void = () => undefined;

  /** `onAgain`: called when another process sends a handshake; it knows nothing of the symbols that were started. */
  constructor(name: string, around: Environment, onAgain: () => void) {
    this.name = name;
    this.#around = around;
    this.#onAgain = onAgain;
    this.handshake = new Promise((resolve) => {
      this.#shaken = resolve;
    });
  }

  get status(): InstanceStatus {
    return this.#status;
  }

  get channel(): ControlChannel | null {
    return this.#isThere ? this.#channel : null;
  }

  get lost(): AbortSignal {
    return this.#loss.signal;
  }

  fail(errMsg: string): void {
    this.#status = { status: 'error', errMsg };
  }

  /** Starts to listen. Throws HostRefusal when the socket cannot be opened. */
  async open(): Promise<void> {
    const { socketFolder, target, now } = this.#around;
    const begin = now();
    this.#channel = await openControl(socketFolder, this.name, {
      skipsHandshakes: has(target, 'passes-over-late-handshakes'),
      onPeers: (peers) => this.#changed(peers),
      onDiscard: (body) => this.#note(`said without being asked: ${excerpt(body)}`),
    });
    void this.#channel.handshake.then(() => {
      this.#runs(now() - begin);
      this.#shaken();
    });
  }

  /** Resolves when it runs. Throws HostRefusal when no process sends a handshake within the timeout. */
  async running(): Promise<void> {
    const { initTimeoutMs, signal } = this.#around;
    if (this.#isThere) return;
    if (await this.#comesWithin(initTimeoutMs, signal)) return;
    const words = `plugin ${this.name} control handshake error: receive time out`;
    const waited = `kplugin: nobody started it by hand within ${durationText(initTimeoutMs)}`;
    throw new HostRefusal(diagnosed(words, [waited]));
  }

  async #comesWithin(ms: number, signal: AbortSignal): Promise<boolean> {
    const done = new AbortController();
    const stopped = once(signal, 'abort', { signal: done.signal }).catch(() => undefined);
    const waiting = Promise.race([this.handshake, stopped]);
    await withTimeout(waiting, signal.aborted ? 0 : ms, undefined);
    done.abort();
    return this.#isThere;
  }

  async stop(): Promise<void> {
    this.#gone('the host closes');
    await this.#channel?.close();
    this.#channel = null;
  }

  #changed(peers: number): void {
    if (peers > 1) this.#note('is connected twice: one of them was started before and still runs');
    if (peers === 0 && this.#isThere) this.#gone('its process closed the connection');
    else if (peers === 1 && this.#status.status === 'error') void this.#shakeAgain();
  }

  async #shakeAgain(): Promise<void> {
    const { initTimeoutMs, now } = this.#around;
    const begin = now();
    // A connection without a handshake is no plugin yet; the next connection tries again.
    const shaken = await this.#channel?.nextHandshake({ timeoutMs: initTimeoutMs }).then(
      () => true,
      () => false,
    );
    if (!shaken) return;
    this.#runs(now() - begin);
    this.#onAgain();
  }

  #runs(afterMs: number): void {
    this.#isThere = true;
    this.#status = { status: 'running', errMsg: '' };
    this.#around.onEvent({ kind: 'running', plugin: this.name, afterMs });
  }

  #gone(why: string): void {
    this.#isThere = false;
    this.fail(why);
    this.#loss.abort(new Error(why));
    this.#loss = new AbortController();
    this.#note(`${why}; start it again when you like`);
  }

  #note(text: string): void {
    this.#around.onEvent({ kind: 'note', plugin: this.name, text });
  }
}
