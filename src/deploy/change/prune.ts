import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import type { HostRecord } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/** The uploads that stay: what is registered, and the version before it. */
const KEPT = 2;

/**
 * Takes older uploads of a plugin away: only those that the record says kplugin put there, never one that a plugin is
 * registered with. `registered`: what every plugin of the host was registered with. Resolves to the names that are
 * gone; an upload that cannot be removed is no failure.
 */
export async function prune(
  client: HostClient,
  name: string,
  record: HostRecord,
  registered: ReadonlyMap<string, Registration>,
): Promise<readonly string[]> {
  const superfluous = superfluousUploads(name, record, registered);
  if (superfluous.length === 0) return [];
  const pruned: string[] = [];
  try {
    const there = new Set((await client.uploads()).map(uploadNameOf));
    for (const upload of superfluous.filter((one) => there.has(one))) {
      if (await client.removeUpload(upload)) pruned.push(upload);
    }
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
  }
  return pruned;
}

/** The uploads of a record that are not needed any more. */
export function superfluousUploads(
  name: string,
  { entries }: HostRecord,
  registered: ReadonlyMap<string, Registration>,
): string[] {
  const ran = entries.filter(({ outcome }) => outcome === 'running');
  const kept = new Set([
    ...[...registered.values()].map(({ file }) => uploadNameOf(file)),
    ...ran.slice(0, KEPT).map(({ registration }) => uploadNameOf(registration.file)),
  ]);
  const uploads = entries.map(({ registration }) => uploadNameOf(registration.file));
  return [...new Set(uploads)].filter(
    (upload) => !kept.has(upload) && parseUploadName(upload, name) !== null,
  );
}
