import type { SymbolKind } from '../../model/symbol.ts';
import type { DataEvent } from '../runtime/symbol-contract.ts';
import { bodyText, type FeedItem } from './feed.ts';

const SECONDS = 5;
const KEPT = 5;

/** Characters kept of a message to a sink. */
const KEPT_TEXT = 2000;

/** Events per second, averaged over the last five seconds; its memory does not grow with the rate. */
export class Rate {
  readonly #counts: number[] = new Array<number>(SECONDS).fill(0);
  readonly #begin: number;
  #second: number;

  /** `now`: milliseconds, as for the other methods. */
  constructor(now: number) {
    this.#begin = now;
    this.#second = Math.floor(now / 1000);
  }

  add(now: number): void {
    this.#forget(now);
    const slot = this.#second % SECONDS;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  /** Rounded to a tenth. */
  perSecond(now: number): number {
    this.#forget(now);
    const sum = this.#counts.reduce((all, one) => all + one, 0);
    // The slot of the present second is incomplete, and a new rate has fewer slots.
    const window = Math.min(SECONDS - 1 + (now % 1000) / 1000, (now - this.#begin) / 1000);
    return Math.round((sum / Math.max(1, window)) * 10) / 10;
  }

  #forget(now: number): void {
    const second = Math.floor(now / 1000);
    const passed = Math.min(second - this.#second, SECONDS);
    for (let step = 1; step <= passed; step += 1) {
      this.#counts[(this.#second + step) % SECONDS] = 0;
    }
    if (passed > 0) this.#second = second;
  }
}

interface ActivityReport {
  /** Rows of a source, messages to a sink, or calls of a function. */
  readonly count: number;
  readonly perSecond: number;
  /** The newest last: rows, messages to a sink (text), or calls with arguments and result. */
  readonly last: readonly unknown[];
  /** The newest last. */
  readonly errors: readonly { readonly at: string; readonly text: string }[];
  readonly errorCount: number;
  /** Successful acknowledgements of a sink; null for the others. */
  readonly acks: number | null;
}

interface Entry {
  readonly rate: Rate;
  count: number;
  readonly last: unknown[];
  readonly errors: { at: string; text: string }[];
  errorCount: number;
  acks: number;
}

/**
 * Collects counts, rates, last rows and errors of every running symbol from the feed; drops those of a stopped symbol.
 */
export class Activity {
  readonly #entries = new Map<string, Entry>();

  readonly onItem = ({ at, key, event }: FeedItem): void => {
    if (key === null) return;
    switch (event.kind) {
      case 'row':
        this.#count(key, at, event.row.message);
        break;
      case 'sent':
        this.#count(key, at, event.body);
        break;
      case 'ack':
        if (event.error === null) this.#entry(key, at).acks += 1;
        else this.fail(key, event.error, at);
        break;
      case 'call':
        this.#call(key, event, at);
        break;
      case 'symbol':
        if (event.command === 'stop') this.#entries.delete(key);
        break;
      default:
    }
  };

  /** Records an error for which there is no event. `key`: made by {@link symbolKey}. */
  fail(key: string, text: string, at: number): void {
    const entry = this.#entry(key, at);
    entry.errorCount += 1;
    keep(entry.errors, { at: new Date(at).toISOString(), text });
  }

  /** `now`: milliseconds since 1970. */
  report(kind: SymbolKind, key: string, now: number): ActivityReport {
    const { rate, count, last, errors, errorCount, acks } =
      this.#entries.get(key) ?? emptyEntry(now);
    return {
      count,
      perSecond: rate.perSecond(now),
      last: kind === 'sink' ? last.map(shortBody) : last,
      errors,
      errorCount,
      acks: kind === 'sink' ? acks : null,
    };
  }

  #call(key: string, { call, args, outcome }: DataEvent & { kind: 'call' }, at: number): void {
    // What eKuiper asks before the first row is no call of the author; a refusal of it is worth knowing.
    if (call !== 'Exec' && !('error' in outcome)) return;
    this.#count(key, at, { call, args, ...outcome });
    if ('error' in outcome) this.fail(key, outcome.error, at);
  }

  #count(key: string, at: number, last: unknown): void {
    const entry = this.#entry(key, at);
    entry.count += 1;
    entry.rate.add(at);
    keep(entry.last, last);
  }

  #entry(key: string, at: number): Entry {
    const known = this.#entries.get(key);
    if (known) return known;
    const entry = emptyEntry(at);
    this.#entries.set(key, entry);
    return entry;
  }
}

function emptyEntry(at: number): Entry {
  return { rate: new Rate(at), count: 0, last: [], errors: [], errorCount: 0, acks: 0 };
}

function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > KEPT) list.shift();
}

function shortBody(body: unknown): unknown {
  const text = typeof body === 'string' || body instanceof Uint8Array ? bodyText(body) : '';
  return text.length > KEPT_TEXT ? `${text.slice(0, KEPT_TEXT)}…` : text;
}
