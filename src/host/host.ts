import { compareText } from '../model/finding.ts';
import type { PluginInfo } from '../model/plugin-info.ts';
import { mannersOf } from '../model/target.ts';
import { type Home, homeAt, makeHome } from './home.ts';
import { install } from './install.ts';
import { findInstalled, removeFiles } from './installed.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { HostRefusal } from './refusal.ts';
import { type Registration, Registrations } from './registration.ts';
import type { Machine } from './run/command.ts';
import { Instance, type InstanceStatus, type Surroundings } from './run/instance.ts';

export interface HostOptions extends Omit<Surroundings, 'signal'> {
  /** The folder that holds everything the host writes, but for the sockets. */
  readonly root: string;
}

/** `/plugins/portables/{name}/status`; rules, which would count, do not exist here yet. */
export interface PluginStatus extends InstanceStatus {
  readonly refCount: Readonly<Record<string, number>>;
}

/**
 * The embedded plugin host: installs, starts and removes portable plugins as eKuiper's plugin manager does,
 * one at a time. Everything it refuses is a HostRefusal in eKuiper's words. Source: portable/manager.go.
 */
export class PluginHost {
  readonly home: Home;
  readonly #options: HostOptions;
  readonly #around: Surroundings;
  readonly #registrations: Registrations;
  readonly #plugins = new Map<string, PluginInfo>();
  /** Also those of deleted plugins: `/status` goes on answering for them. */
  readonly #instances = new Map<string, Instance>();
  readonly #manager = new OneAtATime();
  readonly #closing = new AbortController();

  constructor(options: HostOptions) {
    this.#options = options;
    this.#around = { ...options, signal: this.#closing.signal };
    this.home = homeAt(options.root, options.target);
    this.#registrations = new Registrations(this.home.registrations);
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
    await this.#manager.run(() =>
      Promise.all([...this.#instances.values()].map((instance) => instance.stop())),
    );
  }

  /** POST: downloads, unpacks, starts and keeps a plugin. */
  register(registration: Registration): Promise<void> {
    return this.#manager.run(() => this.#register(registration, this.#startsAtInstall));
  }

  /** PUT: deletes `name`, then installs whatever the registration names, which may be another plugin. */
  update(name: string, registration: Registration): Promise<void> {
    return this.#manager.run(async () => {
      // eKuiper 2.0 takes the process that it is just killing for a running one (real-servers.md N3).
      const staysDead =
        this.#options.target === '2.0' && this.#isAlive(trimSpaces(registration.name));
      if (this.#plugins.has(trimSpaces(name))) await this.#remove(name);
      await this.#register(registration, this.#startsAtInstall && !staysDead);
    });
  }

  /** DELETE: removes the plugin's files and kills its process. */
  remove(name: string): Promise<void> {
    return this.#manager.run(() => this.#remove(name));
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
    const instance = this.#instances.get(name);
    return instance === undefined ? null : { refCount: {}, ...instance.status };
  }

  /** What each installed plugin was installed with, by name. */
  registrations(): readonly (readonly [string, Registration])[] {
    return this.#registrations.all;
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

  #isAlive(name: string): boolean {
    return this.#instances.get(name)?.isAlive ?? false;
  }

  async #bootAll(): Promise<void> {
    if (!this.#startsAtInstall) return;
    const starts = [...this.#plugins.values()].map((info) =>
      this.#instance(info.name)
        .start(info)
        .catch((error: unknown) => this.#note(info.name, messageOf(error))),
    );
    await Promise.all(starts);
  }

  async #register(registration: Registration, starts: boolean): Promise<void> {
    const name = trimSpaces(registration.name);
    const info = await install(name, registration, {
      ...this.#options,
      home: this.home,
      signal: this.signal,
      isTaken: (one) => this.#plugins.has(one),
      start: async (one) => {
        if (starts) await this.#instance(name).start(one);
      },
    });
    this.#plugins.set(name, info);
    await this.#registrations.put(name, { ...registration, name });
  }

  async #remove(rawName: string): Promise<void> {
    const name = trimSpaces(rawName);
    if (name === '') throw new HostRefusal('invalid name : should not be empty');
    const info = this.#plugins.get(name);
    if (info === undefined) throw new HostRefusal(`portable plugin ${name} is not found`);
    this.#plugins.delete(name);
    await this.#registrations.remove(name);
    await removeFiles(info, this.home);
    await this.#instances.get(name)?.stop();
  }

  #instance(name: string): Instance {
    const known = this.#instances.get(name);
    if (known) return known;
    const instance = new Instance(name, this.#around);
    this.#instances.set(name, instance);
    return instance;
  }

  #note(plugin: string | null, text: string): void {
    this.#options.onEvent({ kind: 'note', plugin, text });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function trimSpaces(name: string): string {
  return name.replace(/^ +| +$/g, '');
}
