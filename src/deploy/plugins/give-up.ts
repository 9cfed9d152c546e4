import type { HostInfo } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { recordIn, writeRecord } from '../record/keep.ts';
import { withCutOff } from '../record/past.ts';

/**
 * Ends, for a plugin that is gone and is to stay so, what a run that was cut off had begun: every list would tell of it
 * for good. Resolves to why the host did not take that down, else to null. Throws what is no HostFailure.
 */
export async function giveUp(
  client: HostClient,
  plugin: string,
  { info, exported }: { readonly info: HostInfo; readonly exported: HostExport },
): Promise<string | null> {
  const { record } = recordIn(exported.files, plugin);
  if (record === null || record.pending === null) return null;
  const past = { ...withCutOff(plugin, record), pending: null };
  return writeRecord(client, info, plugin, past);
}
