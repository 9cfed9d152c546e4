import type { HostInfo } from '../../client/answers.ts';
import { isExportKnown } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { asked } from '../change/failed.ts';
import { ownUploads } from '../record/own-uploads.ts';

/** An upload that no release needs. */
export interface UnneededUpload {
  readonly name: string;
  readonly plugin: string;
  /** Bytes; null where the host's record does not have it. */
  readonly size: number | null;
}

/** What can be removed from the uploads of a host. */
export interface PrunePlan {
  readonly info: HostInfo;
  readonly unneeded: readonly UnneededUpload[];
  /** Plugins whose uploads all stay, because a change of them has no end in the record. */
  readonly unfinished: readonly string[];
  /** How many uploads of kplugin stay. */
  readonly kept: number;
}

/** The result of pruning on a host. */
export interface Pruned {
  readonly plan: PrunePlan;
  readonly removed: readonly UnneededUpload[];
}

/**
 * Finds kplugin's uploads that no release needs; changes nothing. `plugin`: only those of this one, null: of all, also
 * of plugins that are gone. Throws HostFailure, and exit 3 where the host does not report registrations.
 */
export async function planPrune(client: HostClient, plugin: string | null): Promise<PrunePlan> {
  const info = await asked(client.info(), client);
  const exported = await asked(client.exported(), client);
  const isTold = has(info.version, 'exports-registrations') && isExportKnown(exported);
  if (!isTold || !has(info.version, 'takes-uploads')) throw unreported(client, info);
  const uploads = await asked(client.uploads(), client);
  const all = ownUploads({ uploads, exported }, plugin === null ? [] : [plugin]);
  const own = all.filter((one) => plugin === null || one.plugin === plugin);
  const flat = own.flatMap((one) =>
    one.uploads.map((upload) => ({ ...upload, owner: one.plugin })),
  );
  const unneeded = flat.filter(({ needed }) => !needed);
  return {
    info,
    unneeded: unneeded.map(({ name, size, owner }) => ({ name, plugin: owner, size })),
    unfinished: own.filter(({ state }) => state === 'unfinished').map((one) => one.plugin),
    kept: flat.length - unneeded.length,
  };
}

function unreported({ address }: HostClient, { version }: HostInfo): KpluginError {
  return new KpluginError({
    code: 'registrations-unreported',
    exit: EXIT.host,
    message: `which uploads are needed on ${address.label} is not known; nothing was removed`,
    reason: `eKuiper ${version} does not report what its plugins were installed from (1.8 and newer do)`,
    hint: `see what it has: kplugin list --host ${shellWord(address.label)}`,
  });
}

/**
 * Removes the uploads of a plan that are still needed by nothing. Resolves to the removed ones; one that is gone already
 * is left out. Throws HostFailure.
 */
export async function applyPrune(
  client: HostClient,
  plugin: string | null,
  agreed: PrunePlan,
): Promise<readonly UnneededUpload[]> {
  const now = new Set((await planPrune(client, plugin)).unneeded.map(({ name }) => name));
  const removed: UnneededUpload[] = [];
  for (const upload of agreed.unneeded) {
    if (now.has(upload.name) && (await client.removeUpload(upload.name))) removed.push(upload);
  }
  return removed;
}

/** The bytes of uploads, as far as the records have them; null when they have none. */
export function bytesOf(uploads: readonly { readonly size: number | null }[]): number | null {
  const known = uploads.flatMap(({ size }) => size ?? []);
  return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
}
