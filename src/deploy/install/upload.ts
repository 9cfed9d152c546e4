import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/host-failure.ts';
import type { Change } from './change.ts';
import { nothingRegistered } from './failed.ts';
import { fileUrl } from './upload-name.ts';
import type { InstallWatcher } from './watcher.ts';

/**
 * Brings the package onto the host, unless it is there already; resolves to its URL there. An upload that fails has
 * changed no plugin; it may be repeated.
 */
export async function uploaded(
  client: HostClient,
  { plan, upload }: Change,
  watcher: InstallWatcher,
): Promise<string> {
  if (plan.uploaded !== null) return plan.uploaded;
  if (upload === null) throw new Error('a change without a package needs one on the host');
  watcher.uploading(upload.name, upload.size);
  try {
    return fileUrl(await client.upload(upload, (sent) => watcher.uploaded(sent)));
  } catch (thrown) {
    throw thrown instanceof HostFailure ? nothingRegistered(thrown) : thrown;
  } finally {
    watcher.settled();
  }
}
