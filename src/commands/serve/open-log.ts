import type { Context } from '../../cli/context.ts';
import { columnsOf, printable } from '../../cli/output/printable.ts';
import { type Style, styleFor, wantsColor } from '../../cli/output/style.ts';
import type { DataEvent } from '../../emulator/runtime/events.ts';
import type { Served } from '../../emulator/server.ts';
import { bodyText } from '../../emulator/symbols/event-json.ts';
import type { AnyEvent } from '../../emulator/symbols/event-keys.ts';
import type { FeedItem } from '../../emulator/symbols/feed.ts';
import { DEFAULT_META, isSameMeta, metaText } from '../../emulator/symbols/meta.ts';
import { durationText } from '../../model/duration.ts';
import { eventText, moreLinesText, servedText } from './log-text.ts';

/** What is written where nothing tells the width: a pipe or a file. */
const UNKNOWN_COLUMNS = 2000;

const FEWEST_COLUMNS = 20;

const NOUNS = { row: 'rows', sent: 'messages', ack: 'acknowledgements', call: 'calls' } as const;

/** Lines a second that people can follow; from there on numbers say more. */
const ROWS_A_SECOND = 10;

/** A traceback is longer than that, and a plugin that prints without end must not drown the rest. */
const OUTPUT_A_SECOND = 100;

/**
 * The log of `serve`: a line for everything, but for what is fast a line each second with its rate.
 * {@link tick} is to be called every second.
 */
export class LiveLog {
  readonly #paper: LogPaper;
  /** By kind of event, then by symbol or plugin. */
  readonly #lanes = new Map<AnyEvent['kind'], Map<string, Lane>>();

  constructor(paper: LogPaper) {
    this.#paper = paper;
  }

  readonly onItem = ({ event, key }: FeedItem): void => {
    if (event.kind === 'output' || event.kind === 'note') this.#inLane(event.plugin ?? '', event);
    else if (key === null || !isData(event)) this.#print(event);
    else this.#inLane(key, event);
  };

  /** Says how much was left out since the last tick, and what that was about. */
  tick(): void {
    for (const lanes of this.#lanes.values()) {
      for (const [key, lane] of lanes) {
        const { count, printed, last } = lane;
        if (count > printed) this.#printRest(last, count, count - printed);
        if (count === 0) lanes.delete(key);
        lane.isFast = isData(last) && count > ROWS_A_SECOND;
        lane.count = 0;
        lane.printed = 0;
      }
    }
  }

  #inLane(key: string, event: AnyEvent): void {
    const lane = this.#lane(key, event);
    lane.count += 1;
    lane.last = event;
    const limit = isData(event) ? ROWS_A_SECOND : OUTPUT_A_SECOND;
    if (lane.isFast || lane.count > limit) return;
    lane.printed += 1;
    this.#print(event);
  }

  #lane(key: string, event: AnyEvent): Lane {
    let lanes = this.#lanes.get(event.kind);
    if (lanes === undefined) {
      lanes = new Map();
      this.#lanes.set(event.kind, lanes);
    }
    let lane = lanes.get(key);
    if (lane === undefined) {
      lane = { count: 0, printed: 0, last: event, isFast: false };
      lanes.set(key, lane);
    }
    return lane;
  }

  #print(event: AnyEvent): void {
    const { print, style, columns } = this.#paper;
    print(isData(event) ? dataText(event, style, columns()) : eventText(event, style));
  }

  #printRest(last: AnyEvent, count: number, rest: number): void {
    const { print, style, columns } = this.#paper;
    if (isData(last)) print(rateText(last, count, style, columns()));
    else print(moreLinesText(last, rest, style));
  }
}

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

/** Where the log goes. */
interface LogPaper {
  readonly print: (line: string) => void;
  readonly style: Style;
  /** Columns left of a line; null where there is no terminal. */
  readonly columns: () => number | null;
}

interface Lane {
  /** Since the last tick. */
  count: number;
  printed: number;
  last: AnyEvent;
  /** It was fast in the last second: then only numbers, until it is slow again. */
  isFast: boolean;
}

function isData(event: AnyEvent): event is DataEvent {
  return (
    event.kind === 'row' || event.kind === 'sent' || event.kind === 'ack' || event.kind === 'call'
  );
}

/** What a log line says, before it is cut and coloured. */
interface DataLine {
  /** After the plugin's name: the symbol and what happened. */
  readonly head: string;
  readonly body: string;
  readonly failed: boolean;
}

/** One row, message, acknowledgement or call as one line, cut to `columns` (null: where there is no terminal). */
export function dataText(event: DataEvent, style: Style, columns: number | null): string {
  const { head, body, failed } = dataLine(event);
  return line(event.plugin, head, body, failed, style, columns);
}

/** What takes the place of lines when there are too many: their number in the last second, and the last one. */
function rateText(last: DataEvent, count: number, style: Style, columns: number | null): string {
  const { head, body, failed } = dataLine(last);
  const number = `${count.toLocaleString('en')} ${NOUNS[last.kind]} a second, the last:`;
  return line(last.plugin, `${number} ${head}`, body, failed, style, columns);
}

function dataLine(event: DataEvent): DataLine {
  switch (event.kind) {
    case 'row':
      return told(`${place(event)} →`, JSON.stringify(event.row.message));
    case 'sent':
      return told(`${place(event)} ←`, bodyText(event.body));
    case 'ack':
      return event.error === null
        ? told(`${place(event)} acknowledged`, '')
        : { head: `${place(event)} acknowledged an error:`, body: event.error, failed: true };
    case 'call':
      return callLine(event);
  }
}

function callLine({ symbol, call, args, outcome, ms }: DataEvent & { kind: 'call' }): DataLine {
  const list = args.map((arg) => JSON.stringify(arg)).join(', ');
  const asked = `${symbol}${call === 'Exec' ? '' : `.${call}`}(${list})`;
  if ('error' in outcome)
    return { head: '', body: `${asked} failed: ${outcome.error}`, failed: true };
  const slow = ms >= 100 ? ` after ${durationText(ms)}` : '';
  return told('', `${asked} → ${JSON.stringify(outcome.result) ?? 'nothing'}${slow}`);
}

function told(head: string, body: string): DataLine {
  return { head, body, failed: false };
}

/** The symbol; with its meta where it is not the one that everybody uses. */
function place({ symbol, meta }: Exclude<DataEvent, { kind: 'call' }>): string {
  return isSameMeta(meta, DEFAULT_META) ? symbol : `${symbol} (${metaText(meta)})`;
}

function line(
  plugin: string,
  head: string,
  body: string,
  failed: boolean,
  style: Style,
  columns: number | null,
): string {
  const name = printable(plugin);
  const start = head === '' ? '' : ` ${printable(head)}`;
  const taken = columnsOf(`${name}${start} `);
  const shown = cut(body, Math.max((columns ?? UNKNOWN_COLUMNS) - taken, FEWEST_COLUMNS));
  return `${style.cyan(name)}${start} ${failed ? style.red(shown) : shown}`.trimEnd();
}

/** As much of a text as fits into so many columns, as one line that a terminal shows and does not obey. */
export function cut(text: string, columns: number): string {
  // Of a megabyte nobody sees more than the beginning.
  const start = text.slice(0, columns + 1);
  const whole = printable(start);
  if (start.length === text.length && columnsOf(whole) <= columns) return whole;
  let shown = '';
  let width = 1;
  for (const char of start) {
    const piece = printable(char);
    width += columnsOf(piece);
    if (width > columns) break;
    shown += piece;
  }
  return `${shown}…`;
}
