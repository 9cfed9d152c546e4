import { type AnyEvent, EventKeys } from './event-keys.ts';

export type { AnyEvent };

/** An event with its sequence number and time. */
export interface FeedItem {
  /** Starts at 1. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The symbol of the event as symbolKey makes it; null for a plugin's own events. */
  readonly key: string | null;
  readonly event: AnyEvent;
}

export type OnItem = (item: FeedItem) => void;

/** Distributes all events of the host to subscribers; stores none. */
export class Feed {
  readonly #listeners = new Set<OnItem>();
  readonly #clock: () => number;
  readonly #keys = new EventKeys();
  #count = 0;

  /** `clock`: milliseconds since 1970. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Calls the listener with every later event, until the returned function is called. */
  subscribe(listener: OnItem): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly publish = (event: AnyEvent): void => {
    this.#count += 1;
    const item = { id: this.#count, at: this.#clock(), key: this.#keys.of(event), event };
    for (const listener of this.#listeners) listener(item);
  };
}
