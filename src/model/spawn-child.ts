import type { ChildProcess } from 'node:child_process';

/**
 * Spawns a child process and resolves once it runs; its streams may be used only then, because they are missing when
 * too many files are open. Throws the system error when it cannot be started. Later errors (such as a failed kill)
 * are ignored: the exit event reports the result.
 */
export async function spawnChild<Child extends ChildProcess>(start: () => Child): Promise<Child> {
  const child = start();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', reject);
  });
  return child;
}
