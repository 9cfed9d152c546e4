import { compareText } from '../model/finding.ts';
import type { PluginInfo } from '../model/plugin-info.ts';
import type { PluginSymbol, SymbolKind } from '../model/symbol.ts';
import { mannersOf } from '../model/target.ts';
import { SourceConfigs } from './config/source-config.ts';
import type { HostEvent, OnData } from './events.ts';
import { type Home, homeAt, makeHome } from './home.ts';
import { install } from './install.ts';
import { findInstalled, removeFiles } from './installed.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { HostRefusal } from './refusal.ts';
import { type Registration, Registrations } from './registration.ts';
import type { Machine } from './run/command.ts';
import { type LogLine, PluginLog } from './run/plugin-log.ts';
import type { Surroundings } from './run/surroundings.ts';
import { Runtimes } from './runtimes.ts';
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
} from './symbols/contract.ts';
import type { PluginStatus } from './symbols/plugin-runtime.ts';
import { Symbols } from './symbols/symbols.ts';
import { tryStart } from './symbols/try-start.ts';

export interface HostOptions extends Omit<Surroundings, 'signal'> {
  /** The folder that holds everything the host writes, but for the sockets. */
  readonly root: string;
  /** Those that are to differ from {@link TIMEOUTS}; `initMs` outranks `initTimeoutMs`. */
  readonly timeouts?: Partial<Timeouts>;
  /** Every row, call and acknowledgement; costs nothing when absent. */
  readonly onData?: OnData;
}

/** eKuiper's, but for the answer to a command. */
const TIMEOUTS = { commandMs: 10_000, sendMs: 1_000, receiveMs: 5_000 };

/**
 * The embedded plugin host: installs, starts and removes portable plugins as eKuiper's plugin manager does,
 * one at a time. Everything it refuses is a HostRefusal in eKuiper's words. Source: portable/manager.go.
 */
export class PluginHost implements SymbolHost {
  readonly home: Home;
  readonly timeouts: Timeouts;
  readonly #options: HostOptions;
  readonly #registrations: Registrations;
  readonly #plugins = new Map<string, PluginInfo>();
  readonly #runtimes: Runtimes;
  readonly #symbols: Symbols;
  readonly #configs: SourceConfigs;
  readonly #logs = new Map<string, PluginLog>();
  readonly #manager = new OneAtATime();
  readonly #closing = new AbortController();

  constructor(options: HostOptions) {
    const { root, target, initTimeoutMs, timeouts, onData, socketFolder, now } = options;
    this.#options = options;
    this.timeouts = { initMs: initTimeoutMs, ...TIMEOUTS, ...timeouts };
    this.home = homeAt(root, target);
    this.#registrations = new Registrations(this.home.registrations);
    this.#configs = new SourceConfigs(target);
    this.#runtimes = new Runtimes({
      around: {
        ...options,
        initTimeoutMs: this.timeouts.initMs,
        signal: this.signal,
        onEvent: (event) => this.#heard(event),
      },
      commandMs: this.timeouts.commandMs,
      exclusively: (task) => this.#manager.run(task),
    });
    this.#symbols = new Symbols({
      target,
      socketFolder,
      now,
      timeouts: this.timeouts,
      onData: onData ?? null,
      note: (plugin, text) => this.#note(plugin, text),
      plugins: () => [...this.#plugins.values(), ...this.#runtimes.adopted],
      running: (plugin) => this.#runtimes.running(plugin),
    });
  }

  /** Makes the home and reads what is installed in it; nothing runs yet. */
  async open(): Promise<void> {
    await makeHome(this.home);
    await this.#registrations.load();
    for (const found of await findInstalled(this.home)) {
      if (found.ok) this.#plugins.set(found.info.name, found.info);
      else this.#note(found.name, `not loaded: ${found.reason}`);
    }
  }

  /** Starts what is installed, as eKuiper does when it boots; what does not start becomes a note. */
  boot(): Promise<void> {
    return this.#manager.run(() => this.#bootAll());
  }

  /** Kills every plugin and removes the sockets; what is being installed fails. The home stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#manager.run(() => this.#runtimes.close());
    await this.#symbols.close();
  }

  /** POST: downloads, unpacks, starts and keeps a plugin. */
  register(registration: Registration): Promise<void> {
    return this.#manager.run(() => this.#register(registration));
  }

  /** PUT: deletes `name`, then installs whatever the registration names, which may be another plugin. */
  update(name: string, registration: Registration): Promise<void> {
    return this.#manager.run(async () => {
      const isSame = trimSpaces(name) === trimSpaces(registration.name);
      if (this.#plugins.has(trimSpaces(name))) await this.#remove(name, isSame);
      await this.#register(registration);
    });
  }

  /** DELETE: removes the plugin's files and kills its process. Its open symbols stay open. */
  remove(name: string): Promise<void> {
    return this.#manager.run(() => this.#remove(name, false));
  }

  /** The installed plugins by name; programs as absolute paths. */
  list(): readonly PluginInfo[] {
    return [...this.#plugins.values()].sort((a, b) => compareText(a.name, b.name));
  }

  describe(name: string): PluginInfo | null {
    return this.#plugins.get(name) ?? null;
  }

  /** Null for a plugin that was never started here. */
  status(name: string): PluginStatus | null {
    return this.#runtimes.status(name);
  }

  /** The last lines that the plugin printed, oldest first: 2,000 and 512 KiB at most. */
  logOf(name: string): readonly LogLine[] {
    return this.#logs.get(name)?.lines ?? [];
  }

  /** What each installed plugin was installed with, by name. */
  registrations(): readonly (readonly [string, Registration])[] {
    return this.#registrations.all;
  }

  pluginOf(kind: SymbolKind, symbol: string): PluginInfo | null {
    return this.#symbols.pluginOf(kind, symbol);
  }

  /**
   * What eKuiper would start the source with. eKuiper 2 reads a source's YAML once, when its plugin is installed
   * first, and so does this host (real-servers.md N2), until {@link restart} or {@link forgetConfigs}.
   */
  sourceConfig(request: SourceConfigRequest): Promise<SymbolConfig> {
    const plugin = this.pluginOf('source', request.source);
    const files = plugin === null ? null : this.#runtimes.filesOf(plugin.name);
    // Who starts a plugin by hand is at work on it: its files are read anew each time.
    if (files !== null) return new SourceConfigs(this.#options.target).configOf(files, request);
    return this.#configs.configOf(this.#configRoot, request);
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
    const info = this.#plugins.get(plugin);
    if (info === undefined) throw this.#notInstalled(plugin);
    return tryStart(await this.#runtimes.running(info), symbol, meta);
  }

  async kill(plugin: string): Promise<void> {
    if (this.status(plugin) === null || this.#runtimes.filesOf(plugin) !== null) {
      throw this.#notInstalled(plugin);
    }
    await this.#runtimes.kill(plugin);
  }

  async restart(plugin: string): Promise<void> {
    const info = this.#plugins.get(plugin);
    if (info === undefined) throw this.#notInstalled(plugin);
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

  get #startsAtInstall(): boolean {
    return mannersOf(this.#options.target).startsAtInstall;
  }

  /** Where eKuiper looks for a source's YAML, of the places to which it is unpacked. */
  get #configRoot(): string {
    return this.home.symbolRoots[0] ?? this.home.root;
  }

  async #bootAll(): Promise<void> {
    if (!this.#startsAtInstall) return;
    await Promise.all([...this.#plugins.values()].map((info) => this.#startOrNote(info)));
  }

  #startOrNote(info: PluginInfo): Promise<void> {
    return this.#runtimes
      .start(info)
      .catch((error: unknown) => this.#note(info.name, messageOf(error)));
  }

  async #register(registration: Registration): Promise<void> {
    const name = trimSpaces(registration.name);
    const staysDead = this.#runtimes.staysDead(name);
    const info = await install(name, registration, {
      ...this.#options,
      home: this.home,
      signal: this.signal,
      isTaken: (one) => this.#plugins.has(one) || this.#runtimes.filesOf(one) !== null,
      start: async (one) => {
        if (this.#startsAtInstall && !staysDead) await this.#runtimes.start(one);
      },
    });
    this.#plugins.set(name, info);
    await this.#registrations.put(name, { ...registration, name });
    for (const source of info.sources ?? []) await this.#configs.learn(this.#configRoot, source);
    // 1.14 starts it for the rules that wait for it, and answers before it is known how that went.
    const isWanted = !this.#startsAtInstall && this.#runtimes.hasCommands(name) && !staysDead;
    if (isWanted) void this.#startOrNote(info);
  }

  async #remove(rawName: string, isUpdate: boolean): Promise<void> {
    const name = trimSpaces(rawName);
    if (name === '') throw new HostRefusal('invalid name : should not be empty');
    const info = this.#plugins.get(name);
    if (info === undefined) throw notFound(name);
    this.#plugins.delete(name);
    await this.#registrations.remove(name);
    await removeFiles(info, this.home);
    await this.#runtimes.end(name, isUpdate);
  }

  #notInstalled(name: string): HostRefusal {
    if (this.#runtimes.filesOf(name) === null) return notFound(name);
    return new HostRefusal(`plugin ${name} was started by hand: end or restart it there`);
  }

  #heard(event: HostEvent): void {
    if (event.kind === 'output') {
      const log = this.#logs.get(event.plugin) ?? new PluginLog();
      this.#logs.set(event.plugin, log);
      log.add(event.stream, event.line);
    }
    this.#options.onEvent(event);
  }

  #note(plugin: string | null, text: string): void {
    this.#options.onEvent({ kind: 'note', plugin, text });
  }
}

function notFound(name: string): HostRefusal {
  return new HostRefusal(`portable plugin ${name} is not found`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function trimSpaces(name: string): string {
  return name.replace(/^ +| +$/g, '');
}
