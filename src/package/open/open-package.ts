import type { Encoding } from '../../model/encoding/encodings.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Repacking } from '../../model/view.ts';
import { openZipView, type ZipView } from '../zip-view.ts';

/**
 * Opens a package from a file or from memory. Throws when the file cannot be read; an invalid zip has problems
 * instead. Files from `inMemoryBelow` bytes on are read in pieces, not whole. `named`: the encoding of the names
 * without the zip's UTF-8 flag, if the user gave one.
 */
export async function openPackage(
  source: string | Buffer,
  label: string,
  inMemoryBelow?: number,
  named: Encoding | null = null,
): Promise<ZipView> {
  const view = await openZipView(source, label, inMemoryBelow, named).catch((cause: unknown) => {
    throw unreadable(label, cause);
  });
  let repacking: Promise<Repacking> | null = null;
  return {
    ...view,
    repacking() {
      // Loaded and computed only when a finding needs it.
      repacking ??= import('../repack/repacking.ts').then(({ repackingOf }) => repackingOf(view));
      return repacking;
    },
  };
}

function unreadable(label: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'plugin-unreadable',
    exit: EXIT.usage,
    message: `${label} cannot be read`,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: hasCode(cause) ? 'look at its permissions' : 'give the path of a package (.zip)',
    cause,
  });
}

/** Whether the error is a system error; devices and pipes are rejected by kplugin itself. */
function hasCode(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause;
}
