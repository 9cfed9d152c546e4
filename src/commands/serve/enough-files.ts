import { readFileSync } from 'node:fs';
import { EXIT } from '../../model/error.ts';
import { MachineLimit } from '../../model/machine-limit.ts';

/**
 * A plugin inherits the limit, and fails in its own words when it is reached: with one source, one sink and one function
 * the checks need 34. What kplugin itself meets beyond that is told apart by the error.
 */
const FEWEST = 64;

/** Throws MachineLimit where so few files may be open that a plugin would be blamed for it; knows Linux only. */
export function refuseFewFiles(limits: string = ownLimits()): void {
  const open = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? FEWEST);
  if (open >= FEWEST) return;
  throw new MachineLimit({
    code: 'too-many-open-files',
    exit: EXIT.usage,
    message: `the system lets kplugin and the plugin open only ${open} files each`,
    reason: `a plugin that meets this limit would look broken; kplugin starts none below ${FEWEST}`,
    hint: 'raise the limit, such as: ulimit -n 1024; then run the same command again',
  });
}

function ownLimits(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    // Where /proc is not mounted the limit is met, or not.
    return '';
  }
}
