import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import { SourceConfigs } from '../runtime/config/source-config.ts';
import type {
  Adopted,
  OpenFunction,
  OpenSink,
  OpenSource,
  RuleMeta,
  SinkRequest,
  SourceConfigRequest,
  SourceRequest,
  SymbolConfig,
  SymbolHost,
  Timeouts,
} from '../runtime/contract.ts';
import type { HostEvent } from '../runtime/events.ts';
import { type Home, homeAt } from '../runtime/home.ts';
import { OneAtATime } from '../runtime/one-at-a-time.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { Machine } from '../runtime/run/command.ts';
import { type LogLine, PluginLogs } from '../runtime/run/plugin-log.ts';
import type { PluginStatus } from '../runtime/symbols/plugin-runtime.ts';
import { tryStart } from '../runtime/symbols/try-start.ts';
import { type HostOptions, timeoutsOf } from './host-options.ts';
import { InstalledPlugins } from './installed-plugins.ts';
import { Lifecycle } from './lifecycle.ts';
import type { Registration } from './registration.ts';
import { Runtimes } from './runtimes.ts';
import { Symbols } from './symbols.ts';

export type { HostOptions } from './host-options.ts';

/**
 * The embedded plugin host: installs, starts and removes portable plugins as eKuiper's plugin manager does,
 * one at a time. Everything it refuses is a HostRefusal in eKuiper's words. Source: portable/manager.go.
 */
export class PluginHost implements SymbolHost {
  readonly home: Home;
  readonly timeouts: Timeouts;
  readonly #options: HostOptions;
  readonly #installed: InstalledPlugins;
  readonly #runtimes: Runtimes;
  readonly #lifecycle: Lifecycle;
  readonly #symbols: Symbols;
  readonly #configs: SourceConfigs;
  readonly #logs = new PluginLogs();
  readonly #manager = new OneAtATime();
  readonly #closing = new AbortController();

  constructor(options: HostOptions) {
    const { root, target, onData, socketFolder, now } = options;
    this.#options = options;
    this.timeouts = timeoutsOf(options);
    this.home = homeAt(root, target);
    this.#installed = new InstalledPlugins(this.home);
    this.#configs = new SourceConfigs(target);
    const around = {
      ...options,
      initTimeoutMs: this.timeouts.initMs,
      signal: this.signal,
      onEvent: (event: HostEvent) => this.#heard(event),
    };
    this.#runtimes = new Runtimes({
      around,
      commandMs: this.timeouts.commandMs,
      exclusively: (task) => this.#manager.run(task),
    });
    this.#lifecycle = new Lifecycle({
      home: this.home,
      around,
      installed: this.#installed,
      runtimes: this.#runtimes,
      configs: this.#configs,
    });
    this.#symbols = new Symbols({
      target,
      socketFolder,
      now,
      timeouts: this.timeouts,
      onData: onData ?? null,
      note: (plugin, text) => this.#note(plugin, text),
      plugins: () => [...this.#installed.all, ...this.#runtimes.adopted],
      running: (plugin) => this.#runtimes.running(plugin),
    });
  }

  /** Makes the home and reads what is installed in it; nothing runs yet. */
  open(): Promise<void> {
    return this.#installed.load((name, reason) => this.#note(name, `not loaded: ${reason}`));
  }

  /** Starts what is installed, as eKuiper does when it boots; what does not start becomes a note. */
  boot(): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.boot());
  }

  /** Kills every plugin and removes the sockets; what is being installed fails. The home stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#manager.run(() => this.#runtimes.close());
    await this.#symbols.close();
  }

  /** POST: downloads, unpacks, starts and keeps a plugin. */
  async register(registration: Registration): Promise<void> {
    await this.#manager.run(() => this.#lifecycle.register(registration));
  }

  /** PUT: deletes `name`, then installs whatever the registration names, which may be another plugin. */
  update(name: string, registration: Registration): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.update(name, registration));
  }

  /** DELETE: removes the plugin's files and kills its process. Its open symbols stay open. */
  remove(name: string): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.remove(name));
  }

  /** The installed plugins by name; programs as absolute paths. */
  list(): readonly PluginInfo[] {
    return this.#installed.sorted;
  }

  describe(name: string): PluginInfo | null {
    return this.#installed.get(name);
  }

  /** Null for a plugin that was never started here. */
  status(name: string): PluginStatus | null {
    return this.#runtimes.status(name);
  }

  /** Resolves when no plugin is in its handshake, which eKuiper's `/status` of any plugin waits for. */
  settled(): Promise<void> {
    return this.#runtimes.settled();
  }

  /** The last lines that the plugin printed, oldest first: 2,000 and 512 KiB at most. */
  logOf(name: string): readonly LogLine[] {
    return this.#logs.of(name);
  }

  /** What each installed plugin was installed with, by name. */
  registrations(): readonly (readonly [string, Registration])[] {
    return this.#installed.registrations;
  }

  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null {
    return this.#symbols.pluginOf(kind, symbol);
  }

  /**
   * What eKuiper would start the source with. eKuiper 2 reads a source's YAML once, when its plugin is installed
   * first, and so does this host (docs/ekuiper.md#source-yaml-after-an-update), until {@link restart} or
   * {@link forgetConfigs}.
   */
  sourceConfig(request: SourceConfigRequest): Promise<SymbolConfig> {
    const plugin = this.pluginOf('source', request.source);
    const files = plugin === null ? null : this.#runtimes.filesOf(plugin.name);
    // Who starts a plugin by hand is at work on it: its files are read anew each time.
    if (files !== null) return new SourceConfigs(this.#options.target).configOf(files, request);
    return this.#configs.configOf(this.home.configRoot, request);
  }

  /** Sources' YAML is read anew from now on, as by an eKuiper that was restarted. */
  forgetConfigs(): void {
    this.#configs.forget();
  }

  openSource(request: SourceRequest): Promise<OpenSource> {
    return this.#symbols.openSource(request);
  }

  openSink(request: SinkRequest): Promise<OpenSink> {
    return this.#symbols.openSink(request);
  }

  openFunction(symbol: string): Promise<OpenFunction> {
    return this.#symbols.openFunction(symbol);
  }

  get openSources(): readonly OpenSource[] {
    return this.#symbols.sources;
  }

  get openSinks(): readonly OpenSink[] {
    return this.#symbols.sinks;
  }

  get openFunctions(): readonly OpenFunction[] {
    return this.#symbols.functions;
  }

  /** What the plugin answers to the start of a symbol, declared or not; see {@link tryStart}. */
  async tryStart(plugin: string, symbol: PluginSymbol, meta: RuleMeta): Promise<string | null> {
    const info = this.describe(plugin);
    if (info === null) throw this.#notInstalled(plugin);
    return tryStart(await this.#runtimes.running(info), symbol, meta);
  }

  async kill(plugin: string): Promise<void> {
    if (this.status(plugin) === null || this.#runtimes.filesOf(plugin) !== null) {
      throw this.#notInstalled(plugin);
    }
    await this.#runtimes.kill(plugin);
  }

  async restart(plugin: string): Promise<void> {
    const info = this.describe(plugin);
    if (info === null) throw this.#notInstalled(plugin);
    this.#configs.forget();
    await this.#runtimes.restart(info);
  }

  adopt(plugin: PluginInfo, files: string): Promise<Adopted> {
    return this.#manager.run(() => this.#runtimes.adopt(plugin, files));
  }

  get machine(): Machine {
    return this.#options.machine;
  }

  /** Aborted when the host closes. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  #notInstalled(name: string): HostRefusal {
    if (this.#runtimes.filesOf(name) === null) {
      return new HostRefusal(`portable plugin ${name} is not found`);
    }
    return new HostRefusal(`plugin ${name} was started by hand: end or restart it there`);
  }

  #heard(event: HostEvent): void {
    if (event.kind === 'output') this.#logs.add(event.plugin, event);
    this.#options.onEvent(event);
  }

  #note(plugin: string | null, text: string): void {
    this.#options.onEvent({ kind: 'note', plugin, text });
  }
}
