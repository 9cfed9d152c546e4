import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, text } from '../http/answer.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import type { Activity } from './activity.ts';
import type { Feed } from './feed.ts';
import type { SymbolRuns } from './runs.ts';
import type { Plugins, SymbolWorld } from './symbol-world.ts';

const NO_SNIFF = { 'X-Content-Type-Options': 'nosniff' };

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

type SymbolHandler = (call: SymbolCall) => Answer | Streamed | Promise<Answer | Streamed>;

export interface SymbolRoute {
  readonly path: string;
  readonly methods: Readonly<Record<string, SymbolHandler>>;
}

/** A JSON response with a line feed at the end, for terminals. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    status,
    type: 'application/json',
    body: `${JSON.stringify(value)}\n`,
    headers: NO_SNIFF,
  };
}

/** 400 `{"error": …}` for a refusal of the host or the plugin; rethrows everything else. */
export function refusedJson(error: unknown, more: object = {}): Answer {
  return jsonAnswer(400, { error: refusalWords(error), ...more });
}

/** 400 with the bare text and a line feed, like Go's http.Error: the response of eKuiper's test server. */
export function refusedText(error: unknown): Answer {
  return { ...text(400, `${refusalWords(error)}\n`), headers: NO_SNIFF };
}

/** Rethrows what is no refusal: a bug is not the client's fault. */
function refusalWords(error: unknown): string {
  if (error instanceof HostRefusal) return error.message;
  throw error;
}
