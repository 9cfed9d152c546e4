import { modeText } from '../../cli/output/size.ts';
import type { PluginDiff } from '../../package/diff/diff-plugins.ts';
import type { FileState } from '../../package/diff/side-reader.ts';

/** What `diff --json` prints of two plugins: all of it, with modes as octal text. */
export function pluginDiffData(found: PluginDiff): object {
  return {
    ...found,
    files: found.files.map((change) => ({
      ...change,
      before: stateData(change.before),
      after: stateData(change.after),
    })),
  };
}

function stateData(state: FileState | null): object | null {
  return state && { ...state, mode: state.mode === null ? null : modeText(state.mode) };
}
