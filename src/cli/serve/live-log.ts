import type { DataEvent, HostEvent } from '../../host/events.ts';
import type { AnyEvent, FeedItem } from '../../server/symbols/feed.ts';
import { metaText } from '../../server/symbols/meta.ts';
import type { Style } from '../terminal/style.ts';
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
  readonly #lanes = new Map<string, Lane>();

  constructor(paper: LogPaper) {
    this.#paper = paper;
  }

  readonly onItem = ({ event }: FeedItem): void => {
    const key = laneOf(event);
    if (key === null) this.#print(event);
    else this.#inLane(key, event);
  };

  /** Says how much was left out since the last tick, and what that was about. */
  tick(): void {
    for (const [key, lane] of this.#lanes) {
      const { count, printed, last } = lane;
      if (count > printed) this.#printRest(last, count, count - printed);
      if (count === 0) this.#lanes.delete(key);
      lane.isFast = isData(last) && count > ROWS_A_SECOND;
      lane.count = 0;
      lane.printed = 0;
    }
  }

  #inLane(key: string, event: AnyEvent): void {
    const lane = this.#lanes.get(key) ?? { count: 0, printed: 0, last: event, isFast: false };
    this.#lanes.set(key, lane);
    lane.count += 1;
    lane.last = event;
    const limit = isData(event) ? ROWS_A_SECOND : OUTPUT_A_SECOND;
    if (lane.isFast || lane.count > limit) return;
    lane.printed += 1;
    this.#print(event);
  }

  #print(event: AnyEvent): void {
    const { print, style, columns } = this.#paper;
    print(isData(event) ? dataText(event, style, columns()) : eventText(event, style));
  }

  #printRest(last: AnyEvent, count: number, rest: number): void {
    const { print, style, columns } = this.#paper;
    if (isData(last)) print(rateText(last, count, style, columns()));
    else print(moreLinesText(last.plugin, rest, style));
  }
}

function laneOf(event: AnyEvent): string | null {
  if (event.kind === 'output') return `output ${event.plugin}`;
  if (!isData(event)) return null;
  const meta = event.kind === 'call' ? '' : metaText(event.meta);
  return `${event.kind} ${event.plugin} ${event.symbol} ${meta}`;
}

function isData(event: AnyEvent): event is Exclude<AnyEvent, HostEvent> & DataEvent {
  return ['row', 'sent', 'ack', 'call'].includes(event.kind);
}
