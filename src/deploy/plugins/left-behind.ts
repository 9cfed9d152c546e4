import type { HostInfo } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { recordIn, writeRecord } from '../record/keep.ts';
import { withInterrupted } from '../record/past.ts';
import { recordName } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/** A plugin that is gone, on a host as it was seen before. */
export interface GonePlugin {
  readonly info: HostInfo;
  readonly plugin: { readonly name: string };
  readonly exported: HostExport;
}

/** What a host keeps of a plugin that is gone, by the names of the uploads. */
export interface LeftBehind {
  /** Packages and record that kplugin put there. */
  readonly uploads: readonly string[];
  /** Those of them that were taken away. */
  readonly pruned: readonly string[];
  /** Why some could not be; null without one. */
  readonly problem: string | null;
}

/**
 * Ends what an interrupted run had begun with a plugin that is gone ({@link abandon}), looks for kplugin's uploads of it, and
 * takes them away where that is wanted. Never touches one that another plugin is registered with, or that could be
 * another's by its name. What fails here is no failure of the removal: it is told.
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
      uploads.push(...(await ownUploads(client, removed)));
    for (const upload of isPruned ? uploads : []) {
      if (await client.removeUpload(upload)) pruned.push(upload);
    }
    return { uploads, pruned, problem: null };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { uploads, pruned, problem: thrown.message };
  }
}

async function ownUploads(client: HostClient, { plugin, exported }: GonePlugin): Promise<string[]> {
  const others = [...exported.registrations.values()].filter(({ name }) => name !== plugin.name);
  const taken = new Set(others.map(({ file }) => uploadNameOf(file)));
  const longer = others.map(({ name }) => name).filter((name) => name.length > plugin.name.length);
  const isOwn = (upload: string): boolean =>
    upload === recordName(plugin.name) ||
    (parseUploadName(upload, plugin.name) !== null &&
      !taken.has(upload) &&
      !longer.some((name) => parseUploadName(upload, name) !== null));
  return (await client.uploads()).map(uploadNameOf).filter(isOwn).sort();
}

/**
 * Ends, for a plugin that is gone and is to stay so, what a run that was interrupted had begun: every list would show it
 * for good. Resolves to why the host did not take that down, else to null. Throws what is no HostFailure.
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
