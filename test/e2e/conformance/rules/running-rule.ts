import type {
  OpenSink,
  OpenSource,
  RuleMeta,
  SourceMessage,
  SymbolConfig,
  SymbolHost,
} from '../../../../src/emulator/runtime/symbol-contract.ts';
import type { Column, Select, Stream } from './statement.ts';

export interface RuleSpec {
  readonly id: string;
  readonly sql: string;
  readonly select: Select;
  readonly stream: Stream;
  readonly sink: string;
  readonly sinkConfig: SymbolConfig;
  readonly sendError: boolean;
}

export interface RuleOptions {
  readonly spec: RuleSpec;
  readonly sourceConfig: SymbolConfig;
  /** eKuiper 1.14 wraps the text of an error into a row (docs/wire.md#rows-of-a-sink). */
  readonly wrapsErrors: boolean;
  /** False where eKuiper cannot open the sink a second time. */
  readonly opensSink: boolean;
}

/** A rule that runs: rows go from the source through the functions into the sink, each at its own pace. */
export class RunningRule {
  readonly spec: RuleSpec;
  readonly #host: SymbolHost;
  readonly #options: RuleOptions;
  readonly #source: Promise<OpenSource | null>;
  readonly #sink: Promise<OpenSink | null>;
  #project: Promise<void> = Promise.resolve();
  #send: Promise<void> = Promise.resolve();
  #underway = 0;
  #sent = 0;
  #isOpen = false;
  #stopped = false;

  /** Opens sink and source side by side, as eKuiper does; what cannot be opened stays shut. */
  constructor(host: SymbolHost, options: RuleOptions) {
    this.spec = options.spec;
    this.#host = host;
    this.#options = options;
    this.#sink = options.opensSink ? this.#openSink().catch(() => null) : Promise.resolve(null);
    this.#source = this.#openSource().catch(() => null);
    void Promise.all([this.#source, this.#sink]).then(() => {
      this.#isOpen = true;
    });
  }

  /** Whether both ends are open (or will never be) and every row is in the sink, which logged `collected` of them. */
  isIdle(collected: number): boolean {
    return this.#isOpen && this.#underway === 0 && collected >= this.#sent;
  }

  /** The log was cleared: what was sent before does not count. */
  forgetSent(): void {
    this.#sent = 0;
  }

  async stopSink(): Promise<void> {
    this.#stopped = true;
    await (await this.#sink)?.stop().catch(() => undefined);
  }

  async stopSource(): Promise<void> {
    this.#stopped = true;
    await (await this.#source)?.stop().catch(() => undefined);
  }

  #openSource(): Promise<OpenSource> {
    const { stream, id } = this.spec;
    return this.#host.openSource({
      symbol: stream.source,
      meta: { ruleId: id, opId: stream.name, instanceId: 0 },
      config: this.#options.sourceConfig,
      onMessage: (message) => this.#take(message),
    });
  }

  #openSink(): Promise<OpenSink> {
    const { sink, sinkConfig, id } = this.spec;
    const meta = { ruleId: id, opId: `${sink}_0`, instanceId: 0 };
    return this.#host.openSink({ symbol: sink, meta, config: sinkConfig });
  }

  // Not awaited by the source: every node of a rule has a buffer of its own.
  #take(message: SourceMessage): void {
    this.#underway += 1;
    this.#project = this.#project.then(async () => {
      const body = await this.#bodyOf(message);
      this.#send = this.#send.then(async () => {
        if (body !== null && !this.#stopped) await this.#deliver(body);
        this.#underway -= 1;
      });
    });
  }

  async #deliver(body: string): Promise<void> {
    const sink = await this.#sink;
    const isSent = await sink?.send(body).then(
      () => true,
      () => false,
    );
    if (isSent) this.#sent += 1;
  }

  /** What the sink gets for a row: an array with the one row, or the error of a function when it was asked for. */
  async #bodyOf(message: SourceMessage): Promise<string | null> {
    const row: Record<string, unknown> = {};
    for (const column of this.spec.select.columns) {
      if (this.#stopped) return null;
      try {
        row[column.as] = await this.#valueOf(column, message);
      } catch (error) {
        return this.spec.sendError ? this.#errorBody(column, error) : null;
      }
    }
    // Go writes the keys of a map in order.
    return JSON.stringify([Object.fromEntries(Object.entries(row).sort())]);
  }

  async #valueOf(column: Column, { message, meta }: SourceMessage): Promise<unknown> {
    if (column.kind === 'field') return message[column.field];
    if (column.kind === 'meta') return meta?.[column.key];
    const place: RuleMeta = { ruleId: this.spec.id, opId: '2_project', instanceId: 0 };
    const called = await this.#host.openFunction(column.symbol);
    return called.exec([message[column.field]], { ...place, funcId: column.funcId });
  }

  #errorBody(column: Column, error: unknown): string {
    const words = error instanceof Error ? error.message : String(error);
    const call =
      column.kind === 'call'
        ? `Call:{ name:${column.symbol}, args:[${this.spec.stream.name}.${column.field}] }`
        : '';
    const text = `run Select error: alias: ${column.as} expr: ${call} meet error, err:call func ${
      column.kind === 'call' ? column.symbol : ''
    } error: ${words}`;
    return this.#options.wrapsErrors ? JSON.stringify([{ error: text }]) : text;
  }
}
