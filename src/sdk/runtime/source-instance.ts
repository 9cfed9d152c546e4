import { resolvesWithin, settlesWithin } from '../../sp/deadline.ts';
import { dialPush, type PushSocket } from '../../sp/push.ts';
import { type Log, Stopped } from '../api/context.ts';
import type { AnySource, SourceSpec } from '../api/source.ts';
import type { Command } from './command.ts';
import { dataPath, type Plugin } from './environment.ts';
import { errorText } from './errors.ts';
import { configureSource, makeSource, type OpenSource } from './make.ts';
import { errorRowText, rowText } from './rows.ts';

const DISCONNECTED =
  'the host has closed the connection, dialling again; eKuiper 1.14 closes it at a row over 1 MiB';

const DONE: Promise<void> = Promise.resolve();

/** One source of one rule, from `start` to `stop` or to its own failure. */
export class SourceInstance {
  readonly ended: Promise<void>;
  readonly #plugin: Plugin;
  readonly #source: AnySource;
  readonly #push: PushSocket;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #end: () => void = () => undefined;
  #opened: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> | null = null;

  /**
   * Creates, configures and connects the source; `open` is called afterwards. Throws what the first two throw, or
   * DialFailed when the host does not listen for its rows.
   */
  static async start(plugin: Plugin, spec: SourceSpec, command: Command): Promise<SourceInstance> {
    const source = makeSource(spec);
    const open = await configureSource(source, command.config);
    const push = await dialPush(dataPath(plugin, command.rule), {
      signal: AbortSignal.timeout(plugin.limits.dialMs),
      onDisconnect: () => instance.#disconnected(),
    });
    const instance: SourceInstance = new SourceInstance(plugin, source, push, command);
    // The answer is sent to the host first.
    setImmediate(() => instance.#run(open, command));
    return instance;
  }

  private constructor(plugin: Plugin, source: AnySource, push: PushSocket, command: Command) {
    this.#plugin = plugin;
    this.#source = source;
    this.#push = push;
    this.#log = plugin.logOf(`${command.symbol} ${command.rule.ruleId}`);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Never throws; takes `limits.stopMs` at most. */
  stop(): Promise<void> {
    this.#ending ??= this.#close();
    return this.#ending;
  }

  #run(open: OpenSource, { rule, dataSource }: Command): void {
    if (this.#ending !== null) return;
    const { signal } = this.#stopping;
    const { emit, emitError } = this;
    const base = { rule, dataSource, signal, log: this.#log, emit, emitError };
    this.#opened = (async () => open(base))();
    this.#opened.catch((error: unknown) => this.#failed(error));
  }

  readonly emit = (row: object, meta?: object | null): Promise<void> => {
    try {
      return this.#send(rowText(row, meta));
    } catch (error) {
      return Promise.reject(error);
    }
  };

  readonly emitError = (error: unknown): Promise<void> =>
    this.#send(errorRowText(errorText(error)));

  #send(text: string): Promise<void> {
    if (this.#stopping.signal.aborted) return handled(Promise.reject(new Stopped()));
    const room = this.#push.offer(text);
    return room === null ? DONE : this.#waitFor(room);
  }

  #waitFor(room: Promise<void>): Promise<void> {
    const { sendTimeoutMs } = this.#plugin;
    const slow = setTimeout(() => {
      this.#log.debug(`the host takes no rows for ${sendTimeoutMs} ms; waiting`);
    }, sendTimeoutMs);
    return handled(
      room.then(() => {
        clearTimeout(slow);
        if (this.#stopping.signal.aborted) throw new Stopped();
      }),
    );
  }

  // Before a `stop` eKuiper also closes its end; a close is logged only when no `stop` follows.
  #disconnected(): void {
    const told = setTimeout(() => {
      if (this.#ending === null) this.#log.warn(DISCONNECTED);
    }, this.#plugin.sendTimeoutMs);
    told.unref();
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#log.error('failed:', error);
    void this.emitError(error);
    await resolvesWithin(this.#plugin.limits.stopMs, this.#push.flush()).catch(() => false);
    await this.stop();
  }

  async #close(): Promise<void> {
    this.#stopping.abort(new Stopped());
    // Ends the wait of an `emit`: the host closes its end before it sends `stop`.
    await this.#push.close();
    const closed = (async () => this.#source.close?.())();
    closed.catch((error: unknown) => this.#log.error('close failed:', error));
    if (!(await settlesWithin(this.#plugin.limits.stopMs, [this.#opened, closed]))) {
      this.#log.warn('is still at work after its stop; the host does not wait for it');
    }
    this.#end();
  }
}

// Callers need not await `emit`; a rejection after the stop must not end the process.
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
