import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../cli/context.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { type LockEffects, locked } from '../package/files/file-lock.ts';
import { readRegularFile } from '../package/files/regular-file.ts';
import { decodeHosts } from './decode-hosts.ts';
import { hostsFile, readHosts } from './hosts-file.ts';
import type { Hosts, NamedHost } from './named-host.ts';
import { notWritable, privateFolder, writePrivate } from './write-private.ts';

type Document = Readonly<Record<string, unknown>>;

/** The document with a host added or replaced. */
export function withHost(hosts: Hosts, { name, address, settings, groups }: NamedHost): Document {
  const entry = { address, ...settings, ...(groups.length === 0 ? {} : { groups }) };
  return { ...hosts.document, hosts: { ...listOf(hosts), [name]: entry } };
}

/** The document without a host; if it was the default, there is none. */
export function withoutHost(hosts: Hosts, name: string): Document {
  const { [name]: _gone, ...left } = listOf(hosts);
  const { default: chosen, ...rest } = hosts.document;
  return chosen === undefined || chosen === name
    ? { ...rest, hosts: left }
    : { ...hosts.document, hosts: left };
}

/** The document with another default host; null for none. */
export function withDefault({ document }: Hosts, name: string | null): Document {
  const { default: _before, ...rest } = document;
  return name === null ? rest : { ...rest, default: name };
}

/** The entries of the file, including unknown keys. */
function listOf({ document }: Hosts): Readonly<Record<string, unknown>> {
  const list = document['hosts'];
  return typeof list === 'object' && list !== null ? { ...list } : {};
}

/** What an edit of hosts.json needs. */
export interface HostsEdit {
  readonly file: string;
  readonly packageRoot: string;
  readonly effects: Pick<LockEffects, 'waiting' | 'signal'>;
}

/** The path of hosts.json and the effects of this command. */
export function hostsEdit({ env, cwd, packageRoot, log, signal }: Context): HostsEdit {
  const waiting = (lock: string): void =>
    log.info(`waiting for another kplugin that changes the hosts (${lock})`);
  return { file: hostsFile(env, cwd), packageRoot, effects: { waiting, signal } };
}

/**
 * Edits hosts.json under a lock: reads it, applies the change, replaces the file, and writes its schema beside it for
 * editors. Resolves to the new content. `change` is called twice; an error of it is thrown and leaves the file
 * unchanged.
 */
export async function editHosts(
  { file, packageRoot, effects }: HostsEdit,
  change: (hosts: Hosts) => Document,
): Promise<Hosts> {
  // Called once before the directory is made, so that an error leaves nothing behind.
  change(readHosts(file));
  const takeAway = await privateFolder(file);
  return locked(file, { ...effects, busy: hostsBusy, notWritable }, async (stillHeld) => {
    const document = { $schema: './hosts.schema.json', ...change(readHosts(file)) };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    // Checks that the new content can be read again.
    const hosts = decodeHosts(text, file);
    await writePrivate(file, text, { unless: async () => !(await stillHeld()) });
    await laySchema(path.dirname(file), packageRoot);
    return hosts;
  }).catch(async (thrown: unknown) => {
    await takeAway();
    throw thrown;
  });
}

async function laySchema(folder: string, packageRoot: string): Promise<void> {
  const name = 'hosts.schema.json';
  const schema = await readFile(path.join(packageRoot, 'schemas', name), 'utf8').catch(() => null);
  if (schema === null) return;
  const target = path.join(folder, name);
  if ((await readRegularFile(target).then(String, () => null)) !== schema) {
    // The schema only helps editors, so errors are ignored.
    await writePrivate(target, schema).catch(() => {});
  }
}

function hostsBusy(lock: string): KpluginError {
  return new KpluginError({
    code: 'hosts-busy',
    exit: EXIT.usage,
    message: 'other kplugin processes keep hosts.json locked; nothing was changed',
    reason: `they hold the lock ${lock}`,
    hint: 'run the same command again when they have finished',
  });
}
