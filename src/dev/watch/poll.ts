import type { Watch, WatchOptions } from './contract.ts';
import { changedPaths, InputReader, type Inputs } from './inputs.ts';

const EVERY_MS = 500;

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
