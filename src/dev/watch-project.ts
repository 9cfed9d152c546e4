import { EXIT, KpluginError } from '../model/error.ts';
import { FolderWatches } from './folder-watches.ts';
import { changedPaths, InputReader, type Inputs, isWatched } from './inputs.ts';

const EVERY_MS = 500;

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

/** Watches a project with file system events; resolves when no later change can be missed. */
export function watchByEvents(options: WatchOptions): Promise<Watch> {
  const { root, only, onChange, onError } = options;
  const watches = new FolderWatches({
    root,
    includes: (path) => isWatched(`${path}/`, only),
    onEvent: (path) => {
      if (path === null || isWanted(path, only)) onChange();
    },
    onError: (error) => onError(watchFailure(error)),
  });
  return Promise.resolve({ close: async () => watches.close() });
}

function isWanted(path: string, only: readonly string[]): boolean {
  return only.length === 0 ? isWatched(path) : only.includes(path);
}

function watchFailure(error: unknown): KpluginError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isLimit = code === 'ENOSPC' || code === 'EMFILE';
  return new KpluginError({
    code: 'watch-failed',
    exit: EXIT.usage,
    message: isLimit
      ? 'the system lets nobody watch more files'
      : 'changes of the project can be missed',
    reason: error instanceof Error ? error.message : String(error),
    hint: isLimit
      ? 'raise the limit (sysctl fs.inotify.max_user_watches), or use kplugin dev --poll'
      : 'look at the files again and again instead: kplugin dev --poll',
    cause: error,
  });
}

/**
 * Watches a project by polling, for network and container mounts that report no events. Reports only differences since
 * the last poll.
 */
export function watchByPolling({ root, only, onChange }: WatchOptions): Promise<Watch> {
  const reader = new InputReader(root, only);
  let before = look(reader);
  const timer = setInterval(() => {
    const now = look(reader);
    const changed = changedPaths(before, now);
    before = now;
    if (changed.some((path) => only.length === 0 || only.includes(path))) onChange();
  }, EVERY_MS);
  const close = async (): Promise<void> => clearInterval(timer);
  return Promise.resolve({ close });
}

/** A project that is missing for a moment counts as empty. */
function look(reader: InputReader): Inputs {
  try {
    return reader.read();
  } catch {
    return new Map();
  }
}
