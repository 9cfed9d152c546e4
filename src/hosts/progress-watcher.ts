import type { Log } from '../cli/context.ts';
import { sizeText } from '../cli/output/size.ts';
import type { Progress } from '../cli/progress.ts';
import type { InstallWatcher } from '../deploy/change/change.ts';
import { durationText } from '../model/duration.ts';
import { oneLine } from '../model/printable.ts';

/** Prints the progress of an installation on stderr; on a terminal with a progress bar or the elapsed seconds. */
export function progressWatcher(log: Log): InstallWatcher {
  let progress: Progress | null = null;
  const end = (): void => {
    progress?.end();
    progress = null;
  };
  return {
    uploading(name, total) {
      end();
      log.info(oneLine(`uploading ${name} (${sizeText(total)})`));
      progress = log.progress('uploading', total);
    },
    uploaded(bytes) {
      progress?.update(bytes);
    },
    waiting(what, limit) {
      end();
      const text = oneLine(what.startsWith('for ') ? `waiting ${what}` : what);
      log.info(Number.isFinite(limit) ? `${text}, up to ${durationText(limit)}` : text);
      progress = log.progress('waiting', null);
    },
    settled: end,
    fixing(what) {
      end();
      log.warn(oneLine(what));
    },
    detail(what) {
      log.debug(oneLine(what));
    },
  };
}
