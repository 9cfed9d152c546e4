import type { InstallWatcher } from '../../deploy/install/watcher.ts';
import { durationText } from '../../model/duration.ts';
import type { Talk } from '../context.ts';
import type { Progress } from '../terminal/progress.ts';

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
  };
}

/** `812 B`, `12 KiB`, `3.4 MiB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  if (kib < 1024) return `${kib < 10 ? kib.toFixed(1) : Math.round(kib)} KiB`;
  const mib = kib / 1024;
  return `${mib < 10 ? mib.toFixed(1) : Math.round(mib)} MiB`;
}
