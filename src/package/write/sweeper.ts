import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { SYSTEM_ENVIRONMENT } from '../../model/child-environment.ts';

/** Lets go of the file; it is removed if it is still there. */
export type Release = () => void;

const SCRIPT = 'read -r _; rm -f -- "$1"';

/**
 * Has a file removed as soon as this process ends, in whatever way: a shell waits at the other end of a pipe,
 * and SIGKILL closes pipes too. Where there is no shell (Windows) nothing happens; the next run clears up then.
 * Resolves once it watches: only then may the file come into being.
 */
export async function sweepAfter(file: string): Promise<Release> {
  if (platform() === 'win32') return () => {};
  // A process group of its own: what kills ours with all its children must not kill the sweeper.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', file], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: SYSTEM_ENVIRONMENT,
    detached: true,
  });
  shell.stdin.on('error', () => {});
  shell.unref();
  await new Promise<void>((resolve) => {
    shell.once('spawn', resolve);
    shell.once('error', () => resolve());
  });
  return () => shell.stdin.end();
}
