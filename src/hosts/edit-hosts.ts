import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../cli/context.ts';
import { hostsFile } from './config-folder.ts';
import { decodeHosts } from './decode-hosts.ts';
import { type LockEffects, locked } from './lock.ts';
import type { Hosts, NamedHost } from './named-host.ts';
import { readHosts } from './read-hosts.ts';
import { privateFolder, writePrivate } from './write-private.ts';

type Document = Readonly<Record<string, unknown>>;

/** The hosts with one more, or with another in its place. */
export function withHost(hosts: Hosts, { name, address, settings, groups }: NamedHost): Document {
  const entry = { address, ...settings, ...(groups.length === 0 ? {} : { groups }) };
  return { ...hosts.document, hosts: { ...listOf(hosts), [name]: entry } };
}

/** The hosts without that one; it is no longer the default either. */
export function withoutHost(hosts: Hosts, name: string): Document {
  const { [name]: _gone, ...left } = listOf(hosts);
  const { default: chosen, ...rest } = hosts.document;
  return chosen === undefined || chosen === name
    ? { ...rest, hosts: left }
    : { ...hosts.document, hosts: left };
}

/** The hosts with another default; null for none. */
export function withDefault({ document }: Hosts, name: string | null): Document {
  const { default: _before, ...rest } = document;
  return name === null ? rest : { ...rest, default: name };
}

/** The entries as they stand in the file, with what kplugin does not know. */
function listOf({ document }: Hosts): Readonly<Record<string, unknown>> {
  const list = document['hosts'];
  return typeof list === 'object' && list !== null ? { ...list } : {};
}

/** What changing hosts.json needs of a command. */
export interface HostsEdit {
  readonly file: string;
  readonly packageRoot: string;
  readonly effects: LockEffects;
}

/** Where the hosts are and how to change them, for the command that has this context. */
export function hostsEdit({ env, cwd, packageRoot, talk, signal }: Context): HostsEdit {
  const waiting = (line: string): void => talk.say(line);
  return { file: hostsFile(env, cwd), packageRoot, effects: { waiting, signal } };
}

/**
 * Changes hosts.json: reads it, applies the change, writes it whole; of several kplugins one after the other. The
 * schema is laid beside it, for editors. Resolves to the new content. Throws what the change throws, which is asked more
 * than once; the file is as it was then.
 */
export async function editHosts(
  { file, packageRoot, effects }: HostsEdit,
  change: (hosts: Hosts) => Document,
): Promise<Hosts> {
  // What cannot be done is said before anything is made.
  change(readHosts(file));
  await privateFolder(file);
  return locked(file, effects, async (stillHeld) => {
    const document = { $schema: './hosts.schema.json', ...change(readHosts(file)) };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    // Whatever was changed must be readable the next time.
    const hosts = decodeHosts(text, file);
    await writePrivate(file, text, { unless: async () => !(await stillHeld()) });
    await laySchema(path.dirname(file), packageRoot);
    return hosts;
  });
}

async function laySchema(folder: string, packageRoot: string): Promise<void> {
  const name = 'hosts.schema.json';
  const schema = await readFile(path.join(packageRoot, 'schemas', name), 'utf8').catch(() => null);
  if (schema === null) return;
  const target = path.join(folder, name);
  if ((await readFile(target, 'utf8').catch(() => null)) !== schema) {
    // A help for editors: without it everything else works.
    await writePrivate(target, schema).catch(() => {});
  }
}
