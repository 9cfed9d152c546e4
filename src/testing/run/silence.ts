import { HostRefusal } from '../../emulator/runtime/refusal.ts';

/** The host's own words for a plugin that does not answer; a function's error may speak of time-outs as well. */
const SILENCE = /^(?:time out, plugin |send time out)|receive time out|^kplugin: no answer /m;

/** Whether the plugin gave no answer at all, which is worse than one that is an error. */
export function isSilence(thrown: unknown): boolean {
  return thrown instanceof HostRefusal && SILENCE.test(thrown.message);
}
