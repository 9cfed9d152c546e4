import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import type {
  OpenFunction,
  OpenSink,
  OpenSource,
  RuleMeta,
  SourceConfigRequest,
  SourceRequest,
  SymbolConfig,
} from '../../../../src/emulator/runtime/symbol-contract.ts';
import type { Feed } from '../../../../src/emulator/symbols/feed.ts';
import type { SymbolWorld } from '../../../../src/emulator/symbols/symbol-world.ts';
import type { PluginInfo } from '../../../../src/model/plugin/manifest.ts';
import { FOLDER_OF, type SymbolKind } from '../../../../src/model/symbol.ts';

const PLUGIN: PluginInfo = {
  name: 'demo',
  version: '1.0.0',
  language: 'python',
  executable: '/demo/main.py',
  virtualEnvType: null,
  env: null,
  sources: ['ticker', 'silent'],
  sinks: ['writer', 'refusing'],
  functions: ['reverse'],
};

/** A host of one plugin without a process: sources emit what a test says, sinks remember, `reverse` reverses. */
export class FakeHost implements SymbolWorld {
  readonly openSources: OpenSource[] = [];
  readonly openSinks: OpenSink[] = [];
  readonly openFunctions: OpenFunction[] = [];
  /** What was done, in order: `start source ticker rule1/op1/1 {…}`. */
  readonly done: string[] = [];
  plugins: PluginInfo[] = [PLUGIN];
  readonly #feed: Feed;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  status() {
    return { status: 'running', errMsg: '' };
  }

  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null {
    return this.plugins.find((one) => one[FOLDER_OF[kind]]?.includes(symbol)) ?? null;
  }

  async sourceConfig({ confKey = 'default', dataSource = '' }: SourceConfigRequest) {
    return { group: confKey, datasource: dataSource };
  }

  async openSource(request: SourceRequest): Promise<OpenSource> {
    const { symbol, meta } = request;
    this.#note('start', 'source', symbol, meta, request.config);
    const source: OpenSource = {
      request,
      plugin: 'demo',
      count: 0,
      stop: async () => {
        remove(this.openSources, source);
        this.#note('stop', 'source', symbol, meta);
      },
    };
    this.openSources.push(source);
    return source;
  }

  /** A row of every running source of this name. */
  emit(symbol: string, message: Record<string, unknown>): void {
    for (const { request } of this.openSources.filter((one) => one.request.symbol === symbol)) {
      const row = { message, meta: null, bytes: 1 };
      this.#feed.publish({ kind: 'row', plugin: 'demo', symbol, meta: request.meta, row });
    }
  }

  async openSink(request: { symbol: string; meta: RuleMeta; config: SymbolConfig }) {
    const { symbol, meta } = request;
    if (symbol === 'refusing') throw new HostRefusal('receive error: no such file');
    this.#note('start', 'sink', symbol, meta, request.config);
    const sink: OpenSink = {
      request,
      plugin: 'demo',
      count: 0,
      send: async (body) => {
        if (body === 'bad') throw new HostRefusal('it is bad');
        this.done.push(`sent ${body}`);
        this.#feed.publish({ kind: 'sent', plugin: 'demo', symbol, meta, body });
      },
      stop: async () => {
        remove(this.openSinks, sink);
        this.#note('stop', 'sink', symbol, meta);
      },
    };
    this.openSinks.push(sink);
    return sink;
  }

  async openFunction(symbol: string): Promise<OpenFunction> {
    const known = this.openFunctions.find((one) => one.symbol === symbol);
    if (known) return known;
    this.#note('start', 'function', symbol, null);
    const open: OpenFunction = {
      symbol,
      target: '2.4',
      plugin: 'demo',
      count: 0,
      validate: async (args) => {
        if (args.length !== 1) throw new HostRefusal('one argument');
      },
      isAggregate: async () => false,
      exec: async (args) => this.#reverse(symbol, args),
      close: async () => undefined,
    };
    this.openFunctions.push(open);
    return open;
  }

  async #reverse(symbol: string, args: readonly unknown[]): Promise<string> {
    const [text] = args;
    const result = typeof text === 'string' ? [...text].reverse().join('') : null;
    const outcome = result === null ? { error: 'no text' } : { result };
    this.#feed.publish({
      kind: 'call',
      plugin: 'demo',
      symbol,
      call: 'Exec',
      args,
      outcome,
      ms: 1,
    });
    if (result === null) throw new HostRefusal('no text');
    return result;
  }

  kill = async (plugin: string): Promise<void> => {
    this.done.push(`kill ${plugin}`);
  };

  restart = async (plugin: string): Promise<void> => {
    this.done.push(`restart ${plugin}`);
  };

  adopt = () => Promise.reject(new Error('nobody adopts here'));

  #note(
    command: 'start' | 'stop',
    type: SymbolKind,
    symbol: string,
    meta: RuleMeta | null,
    config?: SymbolConfig,
  ): void {
    const place = meta === null ? '' : ` ${meta.ruleId}/${meta.opId}/${meta.instanceId}`;
    const with_ = config === undefined ? '' : ` ${JSON.stringify(config)}`;
    this.done.push(`${command} ${type} ${symbol}${place}${with_}`);
    this.#feed.publish({
      kind: 'symbol',
      plugin: 'demo',
      type,
      symbol,
      meta,
      command,
      error: null,
    });
  }
}

function remove<T>(list: T[], one: T): void {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
}
