import type { InstallWatcher } from '../../deploy/install/watcher.ts';
import { durationText } from '../../model/duration.ts';
import type { Talk } from '../context.ts';
import type { Progress } from '../terminal/progress.ts';
import { sizeText } from '../terminal/size.ts';

/** Says on stderr what an installation is doing; on a terminal with a bar or a running clock. */
export function talkingWatcher(talk: Talk): InstallWatcher {
  let progress: Progress | null = null;
  const end = (): void => {
    progress?.end();
    progress = null;
  };
  return {
    foretell(note) {
      talk.say(`note: ${note}`);
    },
    uploading(name, total) {
      end();
      talk.say(`uploading ${name} (${sizeText(total)})`);
      progress = talk.progress('uploading', total);
    },
    uploaded(bytes) {
      progress?.update(bytes);
    },
    waiting(what, limit) {
      end();
      const text = what.startsWith('for ') ? `waiting ${what}` : what;
      talk.say(Number.isFinite(limit) ? `${text}, up to ${durationText(limit)}` : text);
      progress = talk.progress('waiting', null);
    },
    settled: end,
    mending(what) {
      end();
      talk.warn(what);
    },
    detail(what) {
      talk.detail(what);
    },
  };
}
