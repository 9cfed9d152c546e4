import type { UploadFile } from '../client/multipart.ts';
import type { Clock } from '../clock.ts';
import type { InstallWatcher } from './watcher.ts';

export interface ApplyOptions {
  readonly upload: UploadFile;
  /** Whether the package brings an install.sh, which may take minutes. */
  readonly hasScript: boolean;
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  /** Milliseconds that the host gets to install and start it. */
  readonly limit: number;
}
