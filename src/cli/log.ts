import type { Globals, Log } from './context.ts';
import { escapeOutput } from './output/escape-output.ts';
import { drawLines } from './output/live-lines.ts';
import { outputFormat, textOf } from './output/render.ts';
import { drawProgress, NO_PROGRESS } from './progress.ts';

export interface LogStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Creates the messages of a command on a stream (stderr), filtered by the flags. `now` returns milliseconds. */
export function logTo(stream: LogStream, globals: Globals, now: () => number): Log {
  const silent = globals.quiet || globals.json;
  let live: ReturnType<typeof drawLines> | null = null;
  const write = (line: string): unknown =>
    live === null ? stream.write(`${escapeOutput(line)}\n`) : live.above(`${escapeOutput(line)}\n`);
  return {
    info(line) {
      if (!silent) write(line);
    },
    debug(line) {
      if (globals.verbose) write(line);
    },
    warn(line) {
      write(line);
    },
    async show(views, must) {
      if (silent && must === undefined) return;
      const text = textOf(views, await outputFormat(stream, globals.color, process.env));
      if (text !== '') write(text.trimEnd());
    },
    lines() {
      if (silent || stream.isTTY !== true) return null;
      const lines = drawLines(stream);
      live = lines;
      const end = (): void => {
        lines.end();
        live = null;
      };
      return { ...lines, end };
    },
    progress(label, total) {
      if (silent || stream.isTTY !== true) return NO_PROGRESS;
      return drawProgress(stream, label, total, now);
    },
  };
}
