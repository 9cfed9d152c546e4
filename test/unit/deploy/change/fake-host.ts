import {
  type HostInfo,
  type InstalledPlugin,
  type PluginStatus,
  parseHostInfo,
  type Registration,
} from '../../../../src/client/answers.ts';
import type { Clock } from '../../../../src/client/clock.ts';
import { type HostExport, NOTHING_EXPORTED } from '../../../../src/client/exported.ts';
import type { HostClient, RuleCheck } from '../../../../src/client/host-client.ts';
import { parseAddress } from '../../../../src/client/http/address.ts';
import { HostFailure } from '../../../../src/client/http/host-failure.ts';
import type { RuleState, RuleStatus } from '../../../../src/client/rule-status.ts';
import type { InstallWatcher } from '../../../../src/deploy/change/change.ts';
import { has } from '../../../../src/model/behaviours.ts';

/** A host in memory that does what a test tells it; every request is written down. */
export class FakeHost implements HostClient {
  readonly address = parseAddress('edge1');
  readonly asked: string[] = [];
  readonly installed = new Map<string, InstalledPlugin>();
  readonly registered = new Map<string, Registration>();
  /** Statuses that come one after the other; the last one stays. */
  statuses: (Partial<PluginStatus> | HostFailure)[] = [{ state: 'running' }];
  /** What happens instead of registering; taken one by one. */
  surprises: ((registration: Registration) => void)[] = [];
  /** What the next descriptions fail with. */
  outages: HostFailure[] = [];
  /** Small text files among the uploads, by name. */
  readonly files = new Map<string, string>();
  readonly configs = new Map<string, ReadonlyMap<string, unknown>>();
  private readonly known: HostInfo;

  constructor(version: string) {
    this.known = parseHostInfo({ version, os: 'linux', arch: 'amd64', upTimeSeconds: 1 });
  }

  /** As if somebody had installed it before. */
  has(name: string, version: string, upload: string, symbols: Partial<InstalledPlugin> = {}): this {
    this.installed.set(name, plugin(name, version, symbols));
    this.registered.set(name, { name, file: `file:///up/${upload}`, shellParas: [] });
    return this;
  }

  async info(): Promise<HostInfo> {
    return this.known;
  }
  async plugins(): Promise<readonly InstalledPlugin[]> {
    return [...this.installed.values()];
  }
  async plugin(name: string): Promise<InstalledPlugin | null> {
    this.asked.push(`GET ${name}`);
    const outage = this.outages.shift();
    if (outage) throw outage;
    return this.installed.get(name) ?? null;
  }
  async status(name: string): Promise<PluginStatus | null> {
    if (!has(this.known.version, 'reports-status')) throw new Error('this host has no status');
    const next = this.statuses.length > 1 ? this.statuses.shift() : this.statuses[0];
    if (next instanceof HostFailure) throw next;
    this.asked.push(`STATUS ${name}`);
    return { state: 'running', error: '', refCount: new Map(), ...next };
  }
  async registrations(): Promise<ReadonlyMap<string, Registration>> {
    return this.registered;
  }
  async exported(): Promise<HostExport> {
    return { ...NOTHING_EXPORTED, registrations: this.registered, files: this.files };
  }
  hostTime(): number | null {
    return Date.UTC(2026, 0, 2, 3, 4, 5);
  }
  async ruleStates(): Promise<readonly RuleState[]> {
    return [];
  }
  async checkRule(_rule: object, _limit: number): Promise<RuleCheck | null> {
    return null;
  }
  async ruleStatus(): Promise<RuleStatus | null> {
    return null;
  }
  async uploadText(name: string, content: string): Promise<void> {
    this.asked.push(`TEXT ${name}`);
    this.files.set(name, content);
  }
  async removeUpload(name: string): Promise<boolean> {
    this.asked.push(`REMOVE ${name}`);
    return this.files.delete(name);
  }
  async putSourceGroup(source: string, group: string): Promise<void> {
    this.asked.push(`CONFIG ${source} ${group}`);
  }
  async restartRule(id: string): Promise<void> {
    this.asked.push(`RESTART ${id}`);
  }
  async sourceConfig(source: string): Promise<ReadonlyMap<string, unknown> | null> {
    return this.configs.get(source) ?? null;
  }
  async uploads(): Promise<readonly string[]> {
    return [];
  }
  async upload({ name }: { readonly name: string }): Promise<string> {
    this.asked.push(`UPLOAD ${name}`);
    return `/up/${name}`;
  }
  async create(registration: Registration): Promise<void> {
    this.asked.push(`POST ${registration.name}`);
    this.register(registration);
  }
  async update(registration: Registration): Promise<void> {
    this.asked.push(`PUT ${registration.name}`);
    this.drop(registration.name);
    this.register(registration);
  }
  async remove(name: string): Promise<boolean> {
    this.asked.push(`DELETE ${name}`);
    return this.drop(name);
  }
  async close(): Promise<void> {}

  private register(registration: Registration): void {
    const surprise = this.surprises.shift();
    if (surprise) surprise(registration);
    else this.accept(registration);
  }

  /** The registration came about. */
  accept(registration: Registration): void {
    this.installed.set(registration.name, plugin(registration.name, 'new'));
    this.registered.set(registration.name, registration);
  }

  private drop(name: string): boolean {
    this.registered.delete(name);
    return this.installed.delete(name);
  }
}

function plugin(
  name: string,
  version: string,
  symbols: Partial<InstalledPlugin> = {},
): InstalledPlugin {
  return {
    name,
    version,
    language: 'python',
    executable: `/kuiper/plugins/portable/${name}/main.py`,
    virtualEnvType: null,
    env: null,
    sources: [],
    sinks: [],
    functions: [],
    ...symbols,
  };
}

/** A failure of the given kind, as the client would throw it. */
export function hostFailure(kind: HostFailure['kind'], words = 'the words'): HostFailure {
  return new HostFailure({ kind, message: `edge1:9081: ${words}`, words, hint: 'the hint' });
}

/** A clock that goes on only by waiting. */
export function fakeClock(): Clock & { readonly waited: () => number } {
  let time = 0;
  return {
    now: () => time,
    pause: async (ms) => {
      time += ms;
    },
    waited: () => time,
  };
}

/** A watcher that keeps what it was told to wait for. */
export function notingWatcher(): InstallWatcher & { readonly notes: string[] } {
  const notes: string[] = [];
  return {
    notes,
    uploading: (name) => notes.push(`uploading ${name}`),
    uploaded: () => {},
    waiting: (what) => notes.push(what),
    settled: () => {},
    fixing: (what) => notes.push(what),
  };
}
