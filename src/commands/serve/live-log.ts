import type { Style } from '../../cli/output/style.ts';
import type { DataEvent } from '../../emulator/runtime/events.ts';
import type { AnyEvent } from '../../emulator/symbols/event-keys.ts';
import type { FeedItem } from '../../emulator/symbols/feed.ts';
import { dataText, rateText } from './data-text.ts';
import { eventText, moreLinesText } from './log-text.ts';

/** Where the log goes. */
export interface LogPaper {
  readonly print: (line: string) => void;
  readonly style: Style;
  /** Columns left of a line; null where there is no terminal. */
  readonly columns: () => number | null;
}

/** Lines a second that people can follow; from there on numbers say more. */
const ROWS_A_SECOND = 10;
/** A traceback is longer than that, and a plugin that prints without end must not drown the rest. */
const OUTPUT_A_SECOND = 100;

interface Lane {
  /** Since the last tick. */
  count: number;
  printed: number;
  last: AnyEvent;
  /** It was fast in the last second: then only numbers, until it is slow again. */
  isFast: boolean;
}

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

function isData(event: AnyEvent): event is DataEvent {
  return (
    event.kind === 'row' || event.kind === 'sent' || event.kind === 'ack' || event.kind === 'call'
  );
}
