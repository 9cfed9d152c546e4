import type { ChildProcess } from 'node:child_process';

/**
 * Waits for a child that `spawn` has just been called for; resolves once its program runs. Throws what the system says
 * where it cannot be started. Only then may its streams be touched: when too many files are open it has none. Later
 * errors (a kill that comes too late) change nothing: the end of the process says what happened.
 */
export async function started<Child extends ChildProcess>(start: () => Child): Promise<Child> {
  const child = start();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', reject);
  });
  return child;
}
