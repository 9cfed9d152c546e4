import { has } from '../../model/behaviours.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import type { Home } from '../runtime/home.ts';
import type { Environment } from '../runtime/run/side.ts';
import type { SourceConfigs } from '../runtime/source-config.ts';
import { type InstalledPlugins, trimSpaces } from './installed-plugins.ts';
import type { Registration } from './registration.ts';
import type { Runtimes } from './runtimes.ts';

interface LifecycleParts {
  readonly home: Home;
  readonly around: Environment;
  readonly installed: InstalledPlugins;
  readonly runtimes: Runtimes;
  readonly configs: SourceConfigs;
}

/**
 * Installs, starts and removes plugins: keeps the files on disk and the processes consistent. One call at a time.
 * Every refusal is a HostRefusal. Source: portable/manager.go.
 */
export class Lifecycle {
  readonly #parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** Starts the installed plugins; a plugin that fails to start is reported as a note. */
  async boot(): Promise<void> {
    if (!this.#startsAtInstall) return;
    await Promise.all(this.#parts.installed.all.map((info) => this.#startOrNote(info)));
  }

  /** Resolves to whether the plugin's process was started or is being started. */
  async register(registration: Registration): Promise<boolean> {
    const { installed, runtimes, around, home } = this.#parts;
    const name = trimSpaces(registration.name);
    const mayStart = !runtimes.staysDead(name);
    const info = await installed.install(registration, {
      ...around,
      home,
      isTaken: (one) => installed.get(one) !== null || runtimes.filesOf(one) !== null,
      start: async (one) => {
        if (this.#startsAtInstall && mayStart) await runtimes.start(one);
      },
    });
    await this.#learnConfigs(info);
    if (this.#startsAtInstall || !mayStart || !runtimes.hasCommands(name))
      return this.#startsAtInstall && mayStart;
    // 1.14 starts it for the rules that wait for it, and answers before the result is known.
    void this.#startOrNote(info);
    return true;
  }

  async update(name: string, registration: Registration): Promise<void> {
    const isSame = trimSpaces(name) === trimSpaces(registration.name);
    if (this.#parts.installed.get(trimSpaces(name)) !== null) await this.remove(name, isSame);
    let isStarted = false;
    try {
      isStarted = await this.register(registration);
    } finally {
      if (!isStarted || !isSame) this.#parts.runtimes.abandon(trimSpaces(name));
    }
  }

  /** `isUpdate`: it is installed again immediately afterwards. */
  async remove(name: string, isUpdate = false): Promise<void> {
    await this.#parts.installed.remove(name);
    await this.#parts.runtimes.end(trimSpaces(name), isUpdate);
  }

  get #startsAtInstall(): boolean {
    return has(this.#parts.around.target, 'starts-at-install');
  }

  #startOrNote(info: PluginInfo): Promise<void> {
    const { runtimes, around } = this.#parts;
    return runtimes.start(info).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      around.onEvent({ kind: 'note', plugin: info.name, text });
    });
  }

  async #learnConfigs(info: PluginInfo): Promise<void> {
    const { configs, home } = this.#parts;
    for (const source of info.sources ?? []) await configs.learn(home.configRoot, source);
  }
}
