import type { Context } from '../../cli/context.ts';
import { columnsOf } from '../../cli/output/render.ts';
import { type Style, styleFor, wantsColor } from '../../cli/output/terminal-codes.ts';
import {
  type DataEvent,
  DEFAULT_META,
  isSameMeta,
  metaText,
} from '../../emulator/runtime/symbol-contract.ts';
import type { Served } from '../../emulator/server.ts';
import { type AnyEvent, bodyText, type FeedItem } from '../../emulator/symbols/feed.ts';
import { durationText } from '../../model/duration.ts';
import { visibleLine } from '../../model/printable.ts';
import { eventText, moreLinesText, servedText } from './log-text.ts';

/** The line width for a pipe or file. */
const UNKNOWN_COLUMNS = 2000;

const FEWEST_COLUMNS = 20;

const NOUNS = { row: 'rows', sent: 'messages', ack: 'acknowledgements', call: 'calls' } as const;

/** Rows per second up to which each has its own line; above this only rates are shown. */
const ROWS_A_SECOND = 10;

/** Lines of output per second: enough for a traceback, and a plugin that prints endlessly does not flood the log. */
const OUTPUT_A_SECOND = 100;

/**
 * The log of `serve`: one line for each event; one line per second with the rate for frequent events. Call {@link tick}
 * every second.
 */
export class LiveLog {
  readonly #output: LogOutput;
  /** By kind of event, then by symbol or plugin. */
  readonly #lanes = new Map<AnyEvent['kind'], Map<string, Lane>>();

  constructor(output: LogOutput) {
    this.#output = output;
  }

  readonly onItem = ({ event, key }: FeedItem): void => {
    if (event.kind === 'output' || event.kind === 'note') this.#inLane(event.plugin ?? '', event);
    else if (key === null || !isData(event)) this.#print(event);
    else this.#inLane(key, event);
  };

  /** Prints how much was left out since the last tick. */
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
    const { print, style, columns } = this.#output;
    print(isData(event) ? dataText(event, style, columns()) : eventText(event, style));
  }

  #printRest(last: AnyEvent, count: number, rest: number): void {
    const { print, style, columns } = this.#output;
    if (isData(last)) print(rateText(last, count, style, columns()));
    else print(moreLinesText(last, rest, style));
  }
}

export interface ServeLog {
  readonly onItem: (item: FeedItem) => void;
  readonly onServed: (served: Served) => void;
  /** Prints the rest and stops the timer. */
  close(): void;
}

/** The width of `12:34:56 `. */
const STAMP_COLUMNS = 9;

/** Opens the log on stderr; each line has the time. */
export async function openLog({ globals, env, log }: Context): Promise<ServeLog> {
  const style = await styleFor(wantsColor(globals.color, env, process.stderr.isTTY));
  const print = (line: string): void => log.info(stamped(line, style));
  const columns = (): number | null =>
    process.stderr.isTTY ? process.stderr.columns - STAMP_COLUMNS : null;
  const live = new LiveLog({ print, style, columns });
  const clock = setInterval(() => live.tick(), 1000);
  return {
    onItem: globals.quiet || globals.json ? () => undefined : live.onItem,
    onServed: (served) => {
      if (!isTold(served)) print(servedText(served, style));
    },
    close: () => {
      clearInterval(clock);
      live.tick();
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

/** The output of the log. */
interface LogOutput {
  readonly print: (line: string) => void;
  readonly style: Style;
  /** Columns left in a line; null without a terminal. */
  readonly columns: () => number | null;
}

interface Lane {
  /** Events since the last tick. */
  count: number;
  printed: number;
  last: AnyEvent;
  /** Whether the rate was high in the last second: only rates are shown until it is low again. */
  isFast: boolean;
}

function isData(event: AnyEvent): event is DataEvent {
  return (
    event.kind === 'row' || event.kind === 'sent' || event.kind === 'ack' || event.kind === 'call'
  );
}

/** The parts of a line before it is truncated and coloured. */
interface DataLine {
  /** The text after the plugin's name: symbol and event. */
  readonly head: string;
  readonly body: string;
  readonly failed: boolean;
}

/** A row, message, acknowledgement or call as one line, truncated to `columns` (null: no terminal). */
export function dataText(event: DataEvent, style: Style, columns: number | null): string {
  const { head, body, failed } = dataLine(event);
  return line(event.plugin, head, body, failed, style, columns);
}

/** The line for frequent events: their number in the last second, and the last one. */
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

/** The symbol, with its meta data if it is not the default. */
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
  const name = visibleLine(plugin);
  const start = head === '' ? '' : ` ${visibleLine(head)}`;
  const taken = columnsOf(`${name}${start} `);
  const shown = cut(body, Math.max((columns ?? UNKNOWN_COLUMNS) - taken, FEWEST_COLUMNS));
  return `${style.cyan(name)}${start} ${failed ? style.red(shown) : shown}`.trimEnd();
}

/** Escapes a text and truncates it to a width in terminal columns. */
export function cut(text: string, columns: number): string {
  // Only the visible part of a long text is escaped.
  const start = text.slice(0, columns + 1);
  const whole = visibleLine(start);
  if (start.length === text.length && columnsOf(whole) <= columns) return whole;
  let shown = '';
  let width = 1;
  for (const char of start) {
    const piece = visibleLine(char);
    width += columnsOf(piece);
    if (width > columns) break;
    shown += piece;
  }
  return `${shown}…`;
}
