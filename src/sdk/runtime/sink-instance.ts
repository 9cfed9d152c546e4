import { resolvesWithin, settlesWithin } from '../../sp/deadline.ts';
import { dialPush, type PushSocket } from '../../sp/push.ts';
import { type Config, type Log, Stopped } from '../api/context.ts';
import type { SinkSpec } from '../api/sink.ts';
import type { Command } from './command.ts';
import { dataPath, type Plugin } from './environment.ts';
import { errorText, isCausedByStop } from './errors.ts';
import { Inbox } from './inbox.ts';
import { configureSink, makeSink, type ReadySink, type SinkContextBase } from './make.ts';
import { ReceivedBatch } from './rows.ts';

/**
 * Sends the acknowledgements of one sink without waiting for the host: eKuiper 1.14 accepts `requiredACKs` in a rule
 * and then does not read them (it expects an int where JSON gives a float), and the sink must not block because of
 * that.
 */
class Acks {
  readonly #push: PushSocket;
  #room: Promise<void> | null = null;

  /** Throws DialFailed when the host does not listen for acknowledgements. */
  static async dial(plugin: Plugin, { rule }: Command): Promise<Acks> {
    const signal = AbortSignal.timeout(plugin.limits.dialMs);
    return new Acks(await dialPush(dataPath(plugin, rule, '_ack'), { signal }));
  }

  private constructor(push: PushSocket) {
    this.#push = push;
  }

  accept(): void {
    this.#send('{}');
  }

  reject(error: unknown): void {
    this.#send(JSON.stringify({ error: errorText(error) }));
  }

  close(): Promise<void> {
    return this.#push.close();
  }

  // eKuiper reads the acknowledgement of a row before it sends the next one, so a dropped acknowledgement is one that
  // eKuiper does not read.
  #send(text: string): void {
    if (this.#room !== null) return;
    this.#room = this.#push.offer(text);
    void this.#room?.then(() => {
      this.#room = null;
    });
  }
}

/** One sink of one rule, from `start` to `stop`. */
export class SinkInstance {
  readonly ended: Promise<void>;
  readonly #plugin: Plugin;
  readonly #sink: ReadySink;
  readonly #base: SinkContextBase;
  readonly #stopping: AbortController;
  #inbox: Inbox | null = null;
  #acks: Acks | null = null;
  #opened: Promise<unknown> = Promise.resolve();
  #isOpen = false;
  #collecting: Promise<void> | undefined;
  #end: () => void = () => undefined;
  #ending: Promise<void> | null = null;

  /**
   * Creates and configures the sink, listens for its rows, and opens it. Throws what these throw, except that an `open`
   * that takes longer than `limits.openMs` continues in the background.
   */
  static async start(plugin: Plugin, spec: SinkSpec, command: Command): Promise<SinkInstance> {
    const stopping = new AbortController();
    const log = plugin.logOf(`${command.symbol} ${command.rule.ruleId}`);
    const base = { rule: command.rule, signal: stopping.signal, log };
    const sink = await configureSink(makeSink(spec), command.config, base);
    const instance = new SinkInstance(plugin, sink, base, stopping);
    try {
      await instance.#begin(command);
    } catch (error) {
      await instance.stop();
      throw error;
    }
    return instance;
  }

  private constructor(
    plugin: Plugin,
    sink: ReadySink,
    base: SinkContextBase,
    stopping: AbortController,
  ) {
    this.#plugin = plugin;
    this.#sink = sink;
    this.#base = base;
    this.#stopping = stopping;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Never throws; takes a little more than twice `limits.stopMs` at most. */
  stop(): Promise<void> {
    this.#ending ??= this.#close();
    return this.#ending;
  }

  get #log(): Log {
    return this.#base.log;
  }

  async #begin(command: Command): Promise<void> {
    const { openMs } = this.#plugin.limits;
    this.#inbox = await Inbox.listen(dataPath(this.#plugin, command.rule), this.#receive);
    if (wantsAcks(command.config)) this.#acks = await Acks.dial(this.#plugin, command);
    const opening = (async () => this.#sink.open())();
    this.#opened = opening.then(() => {
      this.#isOpen = true;
    });
    if (await resolvesWithin(openMs, this.#opened)) return;
    this.#log.warn(`is not open after ${openMs / 1000} s; its rows wait`);
    this.#opened.catch((error: unknown) => this.#failed(error));
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#log.error('open failed:', error);
    await this.stop();
  }

  readonly #receive = (body: Buffer): void | Promise<void> => {
    this.#collecting = this.#isOpen ? this.#collect(body) : this.#collectLater(body);
    return this.#collecting;
  };

  // The failure of `open` is reported elsewhere; the row is lost with the sink.
  #collectLater(body: Buffer): Promise<void> {
    return this.#opened.then(
      () => this.#collect(body),
      () => undefined,
    );
  }

  #collect(body: Buffer): Promise<void> | undefined {
    try {
      const done = this.#sink.collect(new ReceivedBatch(body));
      if (done !== undefined) return done.then(this.#took, this.#refused);
      this.#took();
    } catch (error) {
      this.#refused(error);
    }
    return undefined;
  }

  readonly #took = (): void => {
    this.#acks?.accept();
  };

  readonly #refused = (error: unknown): void => {
    if (!isCausedByStop(error)) this.#log.error('collect failed:', error);
    this.#acks?.reject(error);
  };

  async #close(): Promise<void> {
    const { stopMs } = this.#plugin.limits;
    await this.#inbox?.drained(stopMs);
    this.#stopping.abort(new Stopped());
    await this.#inbox?.close();
    const closed = Promise.resolve(this.#collecting).then(() => this.#sink.close());
    closed.catch((error: unknown) => this.#log.error('close failed:', error));
    if (!(await settlesWithin(stopMs, [closed]))) {
      this.#log.warn('is still at work after its stop; the host does not wait for it');
    }
    await this.#acks?.close();
    this.#end();
  }
}

/**
 * Whether the host waits for an acknowledgement of each row: `requireAck` since 2.0, in any letter case, as eKuiper
 * reads it; a number in `requiredACKs` before. Otherwise the host reads none, and they would pile up.
 */
function wantsAcks(config: Config): boolean {
  return Object.entries(config).some(([key, value]) => {
    if (key.toLowerCase() === 'requireack') return value === true;
    return key === 'requiredACKs' && typeof value === 'number' && value > 0;
  });
}
