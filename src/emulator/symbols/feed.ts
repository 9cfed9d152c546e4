import { type AnyEvent, EventKeys } from './event-keys.ts';

export type { AnyEvent };

/** An event with its place in the order of all events and its time. */
export interface FeedItem {
  /** Counts from 1. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The symbol it is about, as symbolKey has it; null for a plugin's own events. */
  readonly key: string | null;
  readonly event: AnyEvent;
}

export type OnItem = (item: FeedItem) => void;

/** Everything that happens in the host, for whoever wants to know. Nothing is kept here. */
export class Feed {
  readonly #listeners = new Set<OnItem>();
  readonly #clock: () => number;
  readonly #keys = new EventKeys();
  #count = 0;

  /** `clock`: milliseconds since 1970. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Calls the listener with every event from now on, until the returned function is called. */
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
