import { readFileSync } from 'node:fs';
import { EXIT } from '../../model/error.ts';
import { MachineLimit } from '../../model/machine-limit.ts';

/**
 * A plugin inherits the limit of open files and reports it in its own words. The checks need 34 descriptors with one
 * source, one sink and one function. When kplugin itself reaches the limit, its error says so.
 */
const FEWEST = 64;

/** Throws MachineLimit when the limit of open files is so low that a plugin would fail; Linux only. */
export function checkOpenFileLimit(limits: string = ownLimits()): void {
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
    // Without /proc the limit is unknown and not checked.
    return '';
  }
}
