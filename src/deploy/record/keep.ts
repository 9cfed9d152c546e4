import type { HostInfo } from '../../client/answers.ts';
import { isAtLeast } from '../../client/features.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/host-failure.ts';
import { type HostRecord, recordName } from './record.ts';
import { parseRecord, recordText } from './text.ts';

/** Whether an eKuiper gives a text back that was uploaded: 1.11 and newer, seen on 1.14.7 and 2.4.0. */
export function keepsRecords(info: HostInfo): boolean {
  return info.features.export && isAtLeast(info.version, 1, 11);
}

/** Reads a plugin's record out of the small files of a host; null when there is none. */
export function recordIn(
  files: ReadonlyMap<string, string>,
  plugin: string,
): { readonly record: HostRecord | null; readonly problem: string | null } {
  const text = files.get(recordName(plugin));
  if (text === undefined) return { record: null, problem: null };
  const record = parseRecord(text, plugin);
  if (record !== null) return { record, problem: null };
  return { record: null, problem: `${recordName(plugin)} on the host is no record of kplugin` };
}

/**
 * Writes a plugin's record. Nothing depends on it while all goes well, so a host that does not take it is no failure:
 * resolves to the reason then, to null when it is written. Throws what is no HostFailure (an interrupt).
 */
export async function writeRecord(
  client: HostClient,
  info: HostInfo,
  plugin: string,
  record: HostRecord,
): Promise<string | null> {
  if (!keepsRecords(info)) return `eKuiper ${info.version} keeps no record of what kplugin does`;
  try {
    await client.uploadText(recordName(plugin), recordText(record));
    return null;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return `${recordName(plugin)} could not be written: ${thrown.message}`;
  }
}
