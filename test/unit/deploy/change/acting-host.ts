import type { PluginStatus, Registration } from '../../../../src/client/answers.ts';
import type { HostClient } from '../../../../src/client/host-client.ts';
import { uploadNameOf } from '../../../../src/deploy/record/upload-name.ts';
import { FakeHost, hostFailure } from './fake-host.ts';

/** What a package does when eKuiper starts it. */
export type Behaviour = 'runs' | 'refused' | 'dies';

/**
 * A fake that acts as eKuiper 2.x does: uploads lie on its disk, PUT removes before it installs, a program that dies is
 * registered and dead. What a package does is told by its version: `2.0.0`, `2.0.0-refused`, `2.0.0-dies`.
 */
export class ActingHost extends FakeHost {
  readonly disk = new Set<string>();
  readonly dead = new Map<string, string>();
  /** Which updates, counted from 1, kill the new process (docs/ekuiper.md#killed-by-an-update). */
  killing: readonly number[] = [];
  private updates = 0;

  override has(name: string, version: string, upload: string): this {
    this.disk.add(upload);
    return super.has(name, version, upload);
  }
  override async status(name: string): Promise<PluginStatus | null> {
    this.asked.push(`STATUS ${name}`);
    if (!this.installed.has(name)) return null;
    const error = this.dead.get(name) ?? '';
    return { state: error === '' ? 'running' : 'error', error, refCount: new Map() };
  }
  override async uploads(): Promise<readonly string[]> {
    this.asked.push('UPLOADS');
    return [...this.disk, ...this.files.keys()].sort().map((name) => `/up/${name}`);
  }
  override async upload(file: { readonly name: string }): Promise<string> {
    this.disk.add(file.name);
    return super.upload(file);
  }
  override async removeUpload(name: string): Promise<boolean> {
    this.asked.push(`REMOVE ${name}`);
    return this.disk.delete(name) || this.files.delete(name);
  }
  override async create(registration: Registration): Promise<void> {
    this.asked.push(`POST ${registration.name}`);
    if (this.installed.has(registration.name)) throw hostFailure('refused', 'duplicate');
    this.installFrom(registration, false);
  }
  override async update(registration: Registration): Promise<void> {
    this.asked.push(`PUT ${registration.name}`);
    this.installed.delete(registration.name);
    this.registered.delete(registration.name);
    this.installFrom(registration, true);
  }

  private installFrom(registration: Registration, isUpdate: boolean): void {
    const { name, file } = registration;
    const upload = uploadNameOf(file);
    if (!this.disk.has(upload)) throw hostFailure('refused', `open ${upload}: no such file`);
    const version = /^[a-z]+-(.+)-[0-9a-f]{8}\.zip$/.exec(upload)?.[1] ?? '';
    if (version.endsWith('refused')) throw hostFailure('refused', 'invalid plugin');
    this.accept(registration);
    const plugin = this.installed.get(name);
    if (plugin) this.installed.set(name, { ...plugin, version });
    this.dead.delete(name);
    if (version.endsWith('dies')) this.dead.set(name, 'exit status 3');
    if (isUpdate) this.updates += 1;
    if (isUpdate && this.killing.includes(this.updates)) this.dead.set(name, 'signal: killed');
  }

  /** What runs of a plugin: its version; null when none does. */
  running(name: string): string | null {
    const plugin = this.installed.get(name);
    return plugin === undefined || this.dead.has(name) ? null : plugin.version;
  }
}

/** What happens to one request; `perform` does it on the host. */
export type Gate = <T>(request: string, perform: () => Promise<T>) => Promise<T>;

/** The same host over a way on which each request passes a gate. */
export function through(host: HostClient, gate: Gate): HostClient {
  return {
    address: host.address,
    hostTime: () => host.hostTime(),
    close: () => host.close(),
    info: () => host.info(),
    plugins: () => gate('plugins', () => host.plugins()),
    plugin: (name) => gate('plugin', () => host.plugin(name)),
    status: (name) => gate('status', () => host.status(name)),
    registrations: () => gate('registrations', () => host.registrations()),
    exported: () => gate('exported', () => host.exported()),
    ruleStates: () => gate('ruleStates', () => host.ruleStates()),
    checkRule: (rule, limit) => gate('checkRule', () => host.checkRule(rule, limit)),
    ruleStatus: (id) => gate('ruleStatus', () => host.ruleStatus(id)),
    sourceConfig: (source) => gate('sourceConfig', () => host.sourceConfig(source)),
    uploads: () => gate('uploads', () => host.uploads()),
    upload: (file, onSent) => gate('upload', () => host.upload(file, onSent)),
    create: (one, limit) => gate('create', () => host.create(one, limit)),
    update: (one, limit) => gate('update', () => host.update(one, limit)),
    uploadText: (name, text) => gate('uploadText', () => host.uploadText(name, text)),
    removeUpload: (name) => gate('removeUpload', () => host.removeUpload(name)),
    putSourceGroup: (source, group, values) =>
      gate('putSourceGroup', () => host.putSourceGroup(source, group, values)),
    restartRule: (id, limit) => gate('restartRule', () => host.restartRule(id, limit)),
    remove: (name) => gate('remove', () => host.remove(name)),
  };
}
