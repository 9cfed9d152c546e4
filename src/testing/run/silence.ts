import { HostRefusal } from '../../emulator/runtime/refusal.ts';

/**
 * Matches the host's own error texts for a plugin that does not answer; a function's error may mention a timeout as
 * well.
 */
const SILENCE = /^(?:time out, plugin |send time out)|receive time out|^kplugin: no answer /m;

/** Whether the plugin gave no answer at all, not even an error. */
export function isSilence(thrown: unknown): boolean {
  return thrown instanceof HostRefusal && SILENCE.test(thrown.message);
}
