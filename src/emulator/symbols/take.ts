import type { RuleMeta } from '../runtime/contract.ts';
import type { Feed } from './feed.ts';
import { isSameMeta } from './meta.ts';

export interface TakenRow {
  readonly message: unknown;
  readonly meta: unknown;
}

export interface Taking {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** The number of rows to wait for. */
  readonly messages: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Returns the next rows of a source from the feed: the requested number, or fewer when the signal aborts first. */
export function takeRows(feed: Feed, taking: Taking): Promise<TakenRow[]> {
  const { symbol, meta, messages, signal } = taking;
  const rows: TakenRow[] = [];
  return new Promise((resolve) => {
    const done = (): void => {
      leave();
      signal.removeEventListener('abort', done);
      resolve(rows);
    };
    const leave = feed.subscribe(({ event }) => {
      if (event.kind !== 'row' || event.symbol !== symbol || !isSameMeta(event.meta, meta)) return;
      if (rows.length >= messages) return;
      rows.push({ message: event.row.message, meta: event.row.meta });
      if (rows.length === messages) done();
    });
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
