import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { SYSTEM_ENVIRONMENT } from '../../model/child-environment.ts';
import { started } from '../../model/started.ts';

/** Lets go of the file; it is removed if it is still there. */
export type Release = () => void;

const SCRIPT = 'read -r _; rm -f -- "$1"';

/**
 * Has a file removed as soon as this process ends, in whatever way: a shell waits at the other end of a pipe,
 * and SIGKILL closes pipes too. Where there is no shell (Windows), or none can be started, nothing happens; the next run clears up then.
 * Resolves once it watches: only then may the file come into being.
 */
export async function sweepAfter(file: string): Promise<Release> {
  if (platform() === 'win32') return () => {};
  // A process group of its own: what kills ours with all its children must not kill the sweeper.
  const shell = await started(() =>
    spawn('/bin/sh', ['-c', SCRIPT, 'sh', file], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: SYSTEM_ENVIRONMENT,
      detached: true,
    }),
  ).catch(() => null);
  if (shell === null) return () => {};
  shell.stdin.on('error', () => {});
  shell.unref();
  return () => shell.stdin.end();
}
