import type { KpluginError } from '../../model/error.ts';

export interface WatchOptions {
  /** The project's directory: absolute, links resolved. */
  readonly root: string;
  /** POSIX paths inside the project. If there are any, only they are watched (the outputs of the user's own build). */
  readonly only: readonly string[];
  /** Called when a file was created, deleted or written; its content may be unchanged. */
  readonly onChange: () => void;
  /** Called when the watch may miss changes from now on. */
  readonly onError: (error: KpluginError) => void;
}

export interface Watch {
  close(): Promise<void>;
}

/** Watches a project with all its directories, including later ones; resolves when no later change can be missed. */
export type WatchProject = (options: WatchOptions) => Promise<Watch>;
