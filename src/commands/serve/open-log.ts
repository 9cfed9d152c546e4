import type { Context } from '../../cli/context.ts';
import { type Style, styleFor, wantsColor } from '../../cli/output/style.ts';
import type { Served } from '../../emulator/server.ts';
import type { FeedItem } from '../../emulator/symbols/feed.ts';
import { LiveLog } from './live-log.ts';
import { servedText } from './log-text.ts';

export interface ServeLog {
  readonly onItem: (item: FeedItem) => void;
  readonly onServed: (served: Served) => void;
  /** Says what is still to be said and ends the clock. */
  close(): void;
}

/** `12:34:56 ` */
const STAMP_COLUMNS = 9;

/** The log on stderr, each line with its time. */
export async function openLog({ globals, env, talk }: Context): Promise<ServeLog> {
  const style = await styleFor(wantsColor(globals.color, env, process.stderr.isTTY));
  const print = (line: string): void => talk.say(stamped(line, style));
  const columns = (): number | null =>
    process.stderr.isTTY ? process.stderr.columns - STAMP_COLUMNS : null;
  const log = new LiveLog({ print, style, columns });
  const clock = setInterval(() => log.tick(), 1000);
  return {
    onItem: globals.quiet || globals.json ? () => undefined : log.onItem,
    onServed: (served) => {
      if (!isTold(served)) print(servedText(served, style));
    },
    close: () => {
      clearInterval(clock);
      log.tick();
    },
  };
}

/** Rows and calls have lines of their own. */
function isTold({ path, status }: Served): boolean {
  return status < 400 && /^\/(functions|sinks|sources)\//.test(path);
}

function stamped(line: string, style: Style): string {
  return `${style.dim(new Date().toTimeString().slice(0, 8))} ${line}`;
}
