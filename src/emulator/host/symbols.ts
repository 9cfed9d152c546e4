import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { FOLDER_OF, type SymbolKind } from '../../model/symbol.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { SymbolEnvironment } from '../runtime/run/side.ts';
import type {
  OpenFunction,
  OpenSink,
  OpenSource,
  SinkRequest,
  SourceRequest,
} from '../runtime/symbol-contract.ts';
import { openFunction } from '../runtime/symbols/function.ts';
import type { PluginRuntime } from '../runtime/symbols/plugin-runtime.ts';
import { type HeldSink, openSink } from '../runtime/symbols/sink.ts';
import { type HeldSource, openSource } from '../runtime/symbols/source.ts';
import { metaKey } from '../runtime/symbols/symbol-messages.ts';

interface SymbolsOptions extends SymbolEnvironment {
  /** The plugins whose symbols are available, the newest last. */
  readonly plugins: () => readonly PluginInfo[];
  /** Returns the runtime of a plugin; starts its process when none runs. Throws HostRefusal. */
  readonly running: (plugin: PluginInfo) => Promise<PluginRuntime>;
}

/** Every open symbol of a host. Source: portable/factory.go. */
export class Symbols {
  readonly #options: SymbolsOptions;
  readonly #sources = new Set<HeldSource>();
  readonly #sinks = new Set<HeldSink>();
  /** Symbols by the operation that uses them. */
  readonly #reserved = new Map<string, string>();
  /** By symbol; kept across updates and even removal of the plugin, as in eKuiper. */
  readonly #functions = new Map<string, Promise<OpenFunction>>();
  readonly #openFunctions = new Set<OpenFunction>();

  constructor(options: SymbolsOptions) {
    this.#options = options;
  }

  get sources(): readonly OpenSource[] {
    return [...this.#sources];
  }

  get sinks(): readonly OpenSink[] {
    return [...this.#sinks];
  }

  get functions(): readonly OpenFunction[] {
    return [...this.#openFunctions];
  }

  /** The plugin of a symbol; when two plugins declare it, the last installed one, as in eKuiper. */
  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null {
    const folder = FOLDER_OF[kind];
    const having = this.#options.plugins().filter((info) => info[folder]?.includes(symbol));
    return having.at(-1) ?? null;
  }

  async openSource(request: SourceRequest): Promise<OpenSource> {
    const free = this.#reserve(request);
    try {
      const runtime = await this.#runtimeOf('source', request.symbol);
      const source = await openSource(request, runtime, this.#options, (one) => {
        free();
        this.#sources.delete(one);
      });
      this.#sources.add(source);
      return source;
    } catch (error) {
      free();
      throw error;
    }
  }

  async openSink(request: SinkRequest): Promise<OpenSink> {
    const free = this.#reserve(request);
    try {
      const runtime = await this.#runtimeOf('sink', request.symbol);
      const sink = await openSink(request, runtime, this.#options, (one) => {
        free();
        this.#sinks.delete(one);
      });
      this.#sinks.add(sink);
      return sink;
    } catch (error) {
      free();
      throw error;
    }
  }

  openFunction(symbol: string): Promise<OpenFunction> {
    const known = this.#functions.get(symbol);
    if (known) return known;
    const opening = this.#openFunction(symbol);
    this.#functions.set(symbol, opening);
    // A failed start is not cached, so the next call tries again.
    opening.catch(() => this.#functions.delete(symbol));
    return opening;
  }

  /** Frees every socket without sending `stop`: the plugins end with the host. */
  async close(): Promise<void> {
    const data = [...this.#sources, ...this.#sinks].map((one) => one.release());
    await Promise.all([...data, ...[...this.#openFunctions].map((one) => one.close())]);
  }

  async #openFunction(symbol: string): Promise<OpenFunction> {
    const runtime = await this.#runtimeOf('function', symbol);
    const opened = await openFunction(symbol, runtime, this.#options, (one) => {
      this.#functions.delete(symbol);
      this.#openFunctions.delete(one);
    });
    this.#openFunctions.add(opened);
    return opened;
  }

  async #runtimeOf(kind: SymbolKind, symbol: string): Promise<PluginRuntime> {
    const plugin = this.pluginOf(kind, symbol);
    if (plugin === null) throw new HostRefusal(`${kind} ${symbol} not found`, { notFound: true });
    return this.#options.running(plugin);
  }

  /**
   * Reserves the socket of an operation's instance for one symbol, from before it opens until it is closed. Returns
   * the function that frees it.
   */
  #reserve({ symbol, meta }: SourceRequest | SinkRequest): () => void {
    const key = metaKey(meta);
    const taken = this.#reserved.get(key);
    if (taken !== undefined) {
      const who = `rule "${meta.ruleId}", operation "${meta.opId}", instance ${meta.instanceId}`;
      throw new HostRefusal(`${taken} runs already for ${who}: its socket can be had once only`);
    }
    this.#reserved.set(key, symbol);
    return () => this.#reserved.delete(key);
  }
}
