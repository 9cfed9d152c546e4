import type { Globals, Talk } from './context.ts';
import { drawProgress, NO_PROGRESS } from './terminal/progress.ts';

export interface TalkStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Talk on the given stream (stderr), as quiet as the flags ask for. `now` gives milliseconds. */
export function talkOn(stream: TalkStream, globals: Globals, now: () => number): Talk {
  const silent = globals.quiet || globals.json;
  return {
    say(line) {
      if (!silent) stream.write(`${line}\n`);
    },
    detail(line) {
      if (globals.verbose) stream.write(`${line}\n`);
    },
    warn(line) {
      stream.write(`${line}\n`);
    },
    progress(label, total) {
      if (silent || stream.isTTY !== true) return NO_PROGRESS;
      return drawProgress(stream, label, total, now);
    },
  };
}
