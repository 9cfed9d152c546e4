import { compareText } from '../../model/finding.ts';
import type { PluginInfo } from '../../model/plugin-info.ts';
import { type Home, makeHome } from './home.ts';
import { type Installing, install } from './install.ts';
import { findInstalled, removeFiles } from './installed.ts';
import { HostRefusal } from './refusal.ts';
import { type Registration, Registrations } from './registration.ts';

/** The plugins of a home and what each was installed with. Source: portable/manager.go. */
export class InstalledPlugins {
  readonly #home: Home;
  readonly #registrations: Registrations;
  readonly #plugins = new Map<string, PluginInfo>();

  constructor(home: Home) {
    this.#home = home;
    this.#registrations = new Registrations(home.registrations);
  }

  /** Makes the home and reads what is installed in it; `onBroken`: a folder that is no plugin. */
  async load(onBroken: (name: string, reason: string) => void): Promise<void> {
    await makeHome(this.#home);
    await this.#registrations.load();
    for (const found of await findInstalled(this.#home)) {
      if (found.ok) this.#plugins.set(found.info.name, found.info);
      else onBroken(found.name, found.reason);
    }
  }

  /** In the order of their installation; programs as absolute paths. */
  get all(): readonly PluginInfo[] {
    return [...this.#plugins.values()];
  }

  /** By name. */
  get sorted(): readonly PluginInfo[] {
    return this.all.toSorted((a, b) => compareText(a.name, b.name));
  }

  get(name: string): PluginInfo | null {
    return this.#plugins.get(name) ?? null;
  }

  get registrations(): readonly (readonly [string, Registration])[] {
    return this.#registrations.all;
  }

  /** Downloads, unpacks, starts and keeps a plugin; throws HostRefusal. */
  async install(registration: Registration, installing: Installing): Promise<PluginInfo> {
    const name = trimSpaces(registration.name);
    const info = await install(name, registration, installing);
    this.#plugins.set(name, info);
    await this.#registrations.put(name, { ...registration, name });
    return info;
  }

  /** Forgets a plugin and removes its files; throws HostRefusal when there is none. */
  async remove(rawName: string): Promise<void> {
    const name = trimSpaces(rawName);
    if (name === '') throw new HostRefusal('invalid name : should not be empty');
    const info = this.#plugins.get(name);
    if (info === undefined) throw new HostRefusal(`portable plugin ${name} is not found`);
    this.#plugins.delete(name);
    await this.#registrations.remove(name);
    await removeFiles(info, this.#home);
  }
}

/** A name as eKuiper takes it. */
export function trimSpaces(name: string): string {
  let start = 0;
  let end = name.length;
  while (name[start] === ' ') start += 1;
  while (end > start && name[end - 1] === ' ') end -= 1;
  return name.slice(start, end);
}
