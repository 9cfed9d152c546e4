import type { FileHandle } from 'node:fs/promises';

/** A file in the making: nobody sees it under its name before it is complete. */
export interface Draft {
  readonly handle: FileHandle;
  /** Makes the content durable and gives it its name, replacing what was there, in one step. */
  publish(): Promise<void>;
  /** Leaves everything as it was. Does no harm after `publish`. */
  discard(): Promise<void>;
}
