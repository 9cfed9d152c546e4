import type { KpluginError } from '../../model/error.ts';

export interface WatchOptions {
  /** The project's directory: absolute, links resolved. */
  readonly root: string;
  /** POSIX paths inside the project; when there are any, nothing else counts (a build of one's own ends with them). */
  readonly only: readonly string[];
  /** A file appeared, vanished or was written; its content may still be the same. */
  readonly onChange: () => void;
  /** The watch misses things from now on. */
  readonly onError: (error: KpluginError) => void;
}

export interface Watch {
  close(): Promise<void>;
}

/** Watches a project with all its folders, also those to come; resolves once no later change can be missed. */
export type WatchProject = (options: WatchOptions) => Promise<Watch>;
