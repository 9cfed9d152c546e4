import type { SymbolConfig, SymbolHost } from '../../../../src/emulator/runtime/symbol-contract.ts';
import { atLeast, type Line, type Target } from '../../../../src/model/target.ts';
import { type RuleSpec, RunningRule } from './running-rule.ts';
import { type Column, parseSelect, parseStream, type Stream } from './statement.ts';

/** What a rule engine answers; the texts of refusals end with the host's words. */
export interface RuleAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * The rules of eKuiper, as far as a plugin can see them: a small interpreter of the recorded steps over the
 * embedded host. It belongs to the tests; kplugin has no rule engine.
 */
export class Rules {
  readonly #target: Target;
  readonly #replayed: () => Promise<void>;
  readonly #streams = new Map<string, Stream>();
  readonly #specs = new Map<string, RuleSpec>();
  readonly #running = new Map<string, RunningRule>();
  /** Sources of deleted rules that eKuiper has not stopped yet. */
  readonly #lingering = new Map<string, RunningRule>();
  /** Sinks whose acknowledgement socket eKuiper 1.14 left open: they open once in its life. */
  readonly #usedSinks = new Set<string>();
  readonly #pushed = new Map<string, SymbolConfig>();
  #host: SymbolHost | null = null;

  /** `replayed` waits until a process that was just started has opened its source again. */
  constructor(target: Target, replayed: () => Promise<void>) {
    this.#target = target;
    this.#replayed = replayed;
  }

  get running(): readonly RunningRule[] {
    return [...this.#running.values()];
  }

  /** The rules that there are run again, their functions validated once; one that cannot stays down. */
  async boot(host: SymbolHost): Promise<void> {
    this.#host = host;
    for (const spec of this.#specs.values()) {
      const isValid = await this.#validate(spec, 1).then(
        () => true,
        () => false,
      );
      if (isValid) await this.#run(spec);
    }
  }

  /** eKuiper 2.x stops its rules before it ends; 1.14 just ends. */
  async shutDown(): Promise<void> {
    for (const rule of [...this.#lingering.values(), ...this.running]) {
      if (this.#since('2.0')) await rule.stopSink();
      if (this.#since('2.0')) await rule.stopSource();
    }
    this.#running.clear();
    this.#lingering.clear();
    this.#usedSinks.clear();
  }

  /** `PUT /metadata/sources/{source}/confKeys/default` with the group as its body. */
  pushConfig(url: string, group: unknown): void {
    this.#pushed.set(url.split('/')[3] ?? '', objectOf(group));
  }

  /** A request about streams or rules. */
  async request(method: string, url: string, body: unknown): Promise<RuleAnswer> {
    const [, what, id = '', verb = ''] = url.split('/');
    if (what === 'streams') return this.#stream(method, id, body);
    if (method === 'GET') return answer(this.#specs.has(id) ? 200 : 404, '');
    if (method === 'DELETE') return this.#delete(id);
    if (verb === 'stop') return this.#since('2.0') ? this.#stop(id) : this.#linger(id);
    if (verb === 'start' || verb === 'restart') return this.#start(id, verb);
    return this.#create(body);
  }

  #stream(method: string, id: string, body: unknown): RuleAnswer {
    if (method === 'DELETE') this.#streams.delete(id);
    else {
      const stream = parseStream(textOf(body, 'sql'));
      this.#streams.set(stream.name, stream);
    }
    return answer(200, '');
  }

  /** The functions are validated while the SQL is parsed, again for the plan, and from 2.3 once more. */
  async #create(body: unknown): Promise<RuleAnswer> {
    const spec = this.#specOf(body);
    try {
      await this.#validate(spec, this.#since('2.3') ? 3 : 2);
    } catch (error) {
      return refused(1000, `invalid rule json: Parse SQL ${spec.sql} error: ${wordsOf(error)}.`);
    }
    this.#specs.set(spec.id, spec);
    await this.#run(spec);
    return answer(201, `Rule ${spec.id} was created successfully.`);
  }

  async #start(id: string, verb: 'start' | 'restart'): Promise<RuleAnswer> {
    const spec = this.#specs.get(id);
    if (spec === undefined) throw new Error(`no rule ${id}`);
    if (verb === 'restart') await this.#stop(id);
    try {
      await this.#validate(spec, 1);
    } catch (error) {
      const words = `${verb} rule error: Parse SQL ${spec.sql} error: ${wordsOf(error)}.`;
      return refused(2001, words);
    }
    await this.#run(spec);
    return answer(200, `Rule ${id} was ${verb}ed`);
  }

  async #stop(id: string): Promise<RuleAnswer> {
    const rule = this.#running.get(id);
    this.#running.delete(id);
    await rule?.stopSink();
    await rule?.stopSource();
    return answer(200, '');
  }

  /**
   * eKuiper's source notices its end when its wait for a row times out: after half a second until 2.0, 5 s since.
   * 2.0 to 2.2 answer after that; 2.3 and 2.4 at once, and until then (or until a rule of the same name wants the
   * socket) the source goes on. 1.14 answers at once as well: an update of a moment later comes before a stopped
   * rule's end, and mostly after a deleted one's.
   */
  async #delete(id: string): Promise<RuleAnswer> {
    this.#specs.delete(id);
    return this.#since('2.3') ? this.#linger(id) : this.#stop(id);
  }

  async #linger(id: string): Promise<RuleAnswer> {
    const rule = this.#running.get(id);
    if (rule === undefined) return answer(200, '');
    this.#running.delete(id);
    await rule.stopSink();
    this.#lingering.set(id, rule);
    return answer(200, '');
  }

  async #validate(spec: RuleSpec, times: number): Promise<void> {
    const calls = spec.select.columns.filter((column) => column.kind === 'call');
    for (let time = 0; time < times; time += 1) {
      for (const call of calls) await this.#validateCall(call);
    }
  }

  async #validateCall(call: Column & { kind: 'call' }): Promise<void> {
    const called = await this.#open.openFunction(call.symbol);
    await called.isAggregate();
    const field = { StreamName: '$$default', Name: call.field };
    const index = { HasIndex: false, SourceIndex: 0, Index: 0 };
    try {
      await called.validate([this.#since('2.3') ? { ...field, ...index } : field]);
    } catch (error) {
      const before = this.#since('2.2') ? `validate function ${call.symbol} error: ` : '';
      throw new Error(`${before}${wordsOf(error)}`);
    }
  }

  async #run(spec: RuleSpec): Promise<void> {
    const lingering = this.#lingering.get(spec.id);
    this.#lingering.delete(spec.id);
    if (lingering !== undefined) await this.#replayed();
    await lingering?.stopSource();
    const sink = `${spec.id}_${spec.sink}`;
    const opensSink = this.#since('2.0') || !this.#usedSinks.has(sink);
    this.#usedSinks.add(sink);
    const sourceConfig = await this.#sourceConfig(spec.stream);
    const options = { spec, sourceConfig, opensSink, wrapsErrors: !this.#since('2.0') };
    this.#running.set(spec.id, new RunningRule(this.#open, options));
  }

  async #sourceConfig(stream: Stream): Promise<SymbolConfig> {
    const { source, dataSource, confKey } = stream;
    const pushed = this.#pushed.get(source);
    const config = await this.#open.sourceConfig({
      source,
      dataSource,
      ...(confKey === null ? {} : { confKey }),
      ...(pushed === undefined ? {} : { overrides: pushed }),
    });
    if (pushed === undefined || this.#since('2.3')) return config;
    // Before 2.3 what is pushed takes the place of the whole group.
    return Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'camelkey'));
  }

  #specOf(body: unknown): RuleSpec {
    const rule = objectOf(body);
    const sql = textOf(body, 'sql');
    const select = parseSelect(sql);
    const stream = this.#streams.get(select.stream);
    const action = Array.isArray(rule['actions']) ? objectOf(rule['actions'][0]) : {};
    const [[sink, sinkConfig] = ['', {}]] = Object.entries(action);
    if (stream === undefined) throw new Error(`no stream ${select.stream}`);
    const sendError = objectOf(rule['options'] ?? {})['sendError'] === true;
    return {
      id: textOf(body, 'id'),
      sql,
      select,
      stream,
      sink,
      sinkConfig: objectOf(sinkConfig),
      sendError,
    };
  }

  #since(target: Line): boolean {
    return atLeast(this.#target, target);
  }

  get #open(): SymbolHost {
    if (this.#host === null) throw new Error('the rules were not booted');
    return this.#host;
  }
}

function answer(status: number, body: string): RuleAnswer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

function refused(code: number, words: string): RuleAnswer {
  return { ...answer(400, `${JSON.stringify({ error: code, message: words })}\n`) };
}

/** eKuiper's words, without what kplugin adds in lines of its own. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\nkplugin: ')[0] ?? text;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('the body is no object');
  return { ...value };
}

function textOf(body: unknown, key: string): string {
  const value = objectOf(body)[key];
  if (typeof value !== 'string') throw new Error(`the body has no ${key}`);
  return value;
}
