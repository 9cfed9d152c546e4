import type { PluginInfo } from '../../model/plugin/manifest.ts';
import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import { type Home, homeAt } from '../runtime/home.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { OneAtATime } from '../runtime/run/control.ts';
import { type LogLine, PluginLogs } from '../runtime/run/plugin-output.ts';
import type { Machine } from '../runtime/run/plugin-process.ts';
import type { Environment } from '../runtime/run/side.ts';
import { SourceConfigs } from '../runtime/source-config.ts';
import type {
  Adopted,
  HostEvent,
  OnData,
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
} from '../runtime/symbol-contract.ts';
import { type PluginStatus, tryStart } from '../runtime/symbols/plugin-runtime.ts';
import { InstalledPlugins } from './installed-plugins.ts';
import { Lifecycle } from './lifecycle.ts';
import type { Registration } from './registration.ts';
import { Runtimes } from './runtimes.ts';
import { Symbols } from './symbols.ts';

export interface HostOptions extends Omit<Environment, 'signal'> {
  /** The directory of all files that the host writes, except for the sockets. */
  readonly root: string;
  /** Overrides of eKuiper's timeouts; `initMs` takes precedence over `initTimeoutMs`. */
  readonly timeouts?: Partial<Timeouts>;
  /** Called with every row, call and acknowledgement; costs nothing when absent. */
  readonly onData?: OnData;
}

/**
 * The embedded plugin host: installs, starts and removes portable plugins like eKuiper's plugin manager, one request
 * at a time. Every refusal is a HostRefusal with eKuiper's error text. Source: portable/manager.go.
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
      fault: (plugin, text) => this.#options.onEvent({ kind: 'note', plugin, text, isFault: true }),
      plugins: () => [...this.#installed.all, ...this.#runtimes.adopted],
      running: (plugin) => this.#runtimes.running(plugin),
    });
  }

  /** Creates the home directory and reads the installed plugins; starts nothing. */
  open(): Promise<void> {
    return this.#installed.load((name, reason) => this.#note(name, `not loaded: ${reason}`));
  }

  /**
   * Starts the installed plugins, as eKuiper does when it boots; a plugin that fails to start is reported as a note.
   */
  boot(): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.boot());
  }

  /** Kills every plugin and removes the sockets; a running installation fails. The home directory stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#manager.run(() => this.#runtimes.close());
    await this.#symbols.close();
  }

  /** POST: downloads, unpacks, starts and registers a plugin. */
  async register(registration: Registration): Promise<void> {
    await this.#manager.run(() => this.#lifecycle.register(registration));
  }

  /** PUT: deletes `name`, then installs the plugin that the registration names, which may be another one. */
  update(name: string, registration: Registration): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.update(name, registration));
  }

  /** DELETE: removes the plugin's files and kills its process. Its open symbols stay open. */
  remove(name: string): Promise<void> {
    return this.#manager.run(() => this.#lifecycle.remove(name));
  }

  /** The installed plugins by name; executables as absolute paths. */
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

  /** Resolves when no handshake is pending; eKuiper's `/status` of any plugin waits for that. */
  settled(): Promise<void> {
    return this.#runtimes.settled();
  }

  /** The last lines that the plugin printed, oldest first: at most 2,000 lines and 512 KiB. */
  logOf(name: string): readonly LogLine[] {
    return this.#logs.of(name);
  }

  /** The registration of each installed plugin, by name. */
  registrations(): readonly (readonly [string, Registration])[] {
    return this.#installed.registrations;
  }

  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null {
    return this.#symbols.pluginOf(kind, symbol);
  }

  /**
   * Returns the configuration with which eKuiper would start the source. eKuiper 2 reads a source's YAML once, when
   * its plugin is first installed (docs/ekuiper.md#source-yaml-after-an-update). This host does the same until {@link
   * restart} or {@link forgetConfigs}.
   */
  sourceConfig(request: SourceConfigRequest): Promise<SymbolConfig> {
    const plugin = this.pluginOf('source', request.source);
    const files = plugin === null ? null : this.#runtimes.filesOf(plugin.name);
    // A plugin with an attached process is being developed: its files are read each time.
    if (files !== null) return new SourceConfigs(this.#options.target).configOf(files, request);
    return this.#configs.configOf(this.home.configRoot, request);
  }

  /** Makes the host read the YAML of sources again, like an eKuiper that was restarted. */
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

  /** Sends `start` for a symbol, declared or not; returns the plugin's refusal, see {@link tryStart}. */
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

  /** Sets the variables that the next processes of a plugin get beside those of the host. */
  setEnvironment(plugin: string, variables: Readonly<Record<string, string>>): void {
    this.#runtimes.setEnvironment(plugin, variables);
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

/** eKuiper's timeouts with the overrides; the timeout of a command is shorter than eKuiper's hour. */
function timeoutsOf({ initTimeoutMs, timeouts }: HostOptions): Timeouts {
  const usual = { initMs: initTimeoutMs, commandMs: 10_000, sendMs: 1_000, receiveMs: 5_000 };
  return { ...usual, ...timeouts };
}
