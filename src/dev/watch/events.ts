import { relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Watch, WatchOptions } from './contract.ts';
import { isWatched } from './watched.ts';

/** Watches a project with file system events; resolves when no later change can be missed. */
export async function watchByEvents(options: WatchOptions): Promise<Watch> {
  const { root, only, onChange, onError } = options;
  const inside = (path: string): string => relative(root, path).replaceAll(sep, '/');
  const watcher = watch(root, {
    ignored: (path, stats) => isIgnored(inside(path), stats?.isDirectory() ?? false, only),
    ignoreInitial: true,
    // A link within the project is watched at its target; `pack` refuses a link that leaves the project.
    followSymlinks: false,
    // The several writes of an editor are merged by comparing digests, not by waiting.
    atomic: false,
    ignorePermissionErrors: true,
  });
  watcher.on('all', (_event, path) => {
    if (only.length === 0 || only.includes(inside(path))) onChange();
  });
  watcher.on('error', (error) => onError(watchFailure(error)));
  await ready(watcher);
  return { close: () => watcher.close() };
}

/**
 * First called without stats: then the path may be a file or a directory, and only a directory can be excluded for
 * good.
 */
function isIgnored(path: string, isDirectory: boolean, only: readonly string[]): boolean {
  return path !== '' && !isWatched(isDirectory ? `${path}/` : path, only);
}

function ready(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', () => resolve()));
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
