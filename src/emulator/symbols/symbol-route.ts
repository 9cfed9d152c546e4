import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../http/answer.ts';
import type { Activity } from './activity.ts';
import type { Feed } from './feed.ts';
import type { Plugins, SymbolWorld } from './run.ts';
import type { SymbolRuns } from './runs.ts';

/** The request and the services that a handler of the symbol API uses. */
export interface SymbolCall {
  readonly host: SymbolWorld;
  readonly plugins: Plugins;
  readonly runs: SymbolRuns;
  readonly feed: Feed;
  readonly activity: Activity;
  readonly request: IncomingMessage;
  /** The `{name}` of the path; empty when the path has none. */
  readonly name: string;
  readonly query: URLSearchParams;
  /** Aborted when the client disconnects and when the server closes. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** A response that continues until the client disconnects. */
export interface Streamed {
  readonly stream: (response: ServerResponse) => Promise<void>;
}

export type SymbolHandler = (call: SymbolCall) => Answer | Streamed | Promise<Answer | Streamed>;

export interface SymbolRoute {
  readonly path: string;
  readonly methods: Readonly<Record<string, SymbolHandler>>;
}
