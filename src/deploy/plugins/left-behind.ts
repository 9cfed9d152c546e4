import type { HostInfo } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { withInterrupted } from '../record/host-record.ts';
import { ownUploads } from '../record/own-uploads.ts';
import { recordIn, writeRecord } from '../record/record-store.ts';
import { uploadNameOf } from '../record/upload-name.ts';

/** A removed plugin, and its host as it was read before. */
interface GonePlugin {
  readonly info: HostInfo;
  readonly plugin: { readonly name: string };
  readonly exported: HostExport;
}

/** What a host keeps of a removed plugin, found by the upload names. */
export interface LeftBehind {
  /** Packages and record that kplugin uploaded. */
  readonly uploads: readonly string[];
  /** The uploads that were removed. */
  readonly pruned: readonly string[];
  /** Why an upload could not be removed; null without a failure. */
  readonly problem: string | null;
}

/**
 * Ends an unfinished change of a removed plugin ({@link abandon}), finds kplugin's uploads of it, and removes them if
 * requested. Never removes an upload that another plugin is registered with or that, by its name, could belong to
 * another plugin. A failure here is reported and does not fail the removal.
 */
export async function leftBehind(
  client: HostClient,
  removed: GonePlugin,
  isPruned: boolean,
): Promise<LeftBehind> {
  const problem = await abandon(client, removed.plugin.name, removed);
  const left = await ownLeft(client, removed, isPruned);
  const problems = [problem, left.problem].filter((one) => one !== null);
  return { ...left, problem: problems.length === 0 ? null : problems.join('\n') };
}

async function ownLeft(
  client: HostClient,
  removed: GonePlugin,
  isPruned: boolean,
): Promise<LeftBehind> {
  const uploads: string[] = [];
  const pruned: string[] = [];
  try {
    if (has(removed.info.version, 'takes-uploads'))
      uploads.push(...(await uploadsLeft(client, removed)));
    for (const upload of isPruned ? uploads : []) {
      if (await client.removeUpload(upload)) pruned.push(upload);
    }
    return { uploads, pruned, problem: null };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { uploads, pruned, problem: thrown.message };
  }
}

async function uploadsLeft(
  client: HostClient,
  { plugin, exported }: GonePlugin,
): Promise<string[]> {
  const registrations = new Map(exported.registrations);
  registrations.delete(plugin.name);
  const host = { uploads: await client.uploads(), exported: { ...exported, registrations } };
  const own = ownUploads(host, [plugin.name]).find((one) => one.plugin === plugin.name);
  const taken = new Set([...registrations.values()].map(({ file }) => uploadNameOf(file)));
  return (own?.uploads ?? []).map(({ name }) => name).filter((name) => !taken.has(name));
}

/**
 * Ends the unfinished change of a plugin that is to stay removed; otherwise every list would show it forever. Resolves
 * to the reason when the host does not store that, else to null. Rethrows what is no HostFailure.
 */
export async function abandon(
  client: HostClient,
  plugin: string,
  { info, exported }: { readonly info: HostInfo; readonly exported: HostExport },
): Promise<string | null> {
  const { record } = recordIn(exported.files, plugin);
  if (record === null || record.pending === null) return null;
  const past = { ...withInterrupted(plugin, record), pending: null };
  return writeRecord(client, info, plugin, past);
}
