import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { machineLimitIn } from '../model/machine-limit.ts';
import { type Answer, empty, limitWords, send } from './http/answer.ts';
import { type ListenAddress, type Listening, listenOn, MARK } from './http/listening.ts';
import { refusePages } from './http/page-guard.ts';
import { findRoute } from './http/route.ts';
import type { Served } from './server.ts';
import { Activity } from './symbols/activity.ts';
import type { Feed } from './symbols/feed.ts';
import type { Sampling } from './symbols/opening.ts';
import { EVENT_ROUTES } from './symbols/routes/events.ts';
import { FUNCTION_ROUTES } from './symbols/routes/functions.ts';
import { LIFE_ROUTES, START_STOP_ROUTES } from './symbols/routes/lives.ts';
import { OVERVIEW_ROUTES } from './symbols/routes/overview.ts';
import { SINK_ROUTES } from './symbols/routes/sinks.ts';
import { SOURCE_ROUTES } from './symbols/routes/sources.ts';
import { SymbolRuns } from './symbols/runs.ts';
import { jsonAnswer, type Streamed, type SymbolCall } from './symbols/symbol-route.ts';
import type { Plugins, SymbolWorld } from './symbols/symbol-world.ts';

const ROUTES = [
  ...OVERVIEW_ROUTES,
  ...EVENT_ROUTES,
  ...START_STOP_ROUTES,
  ...FUNCTION_ROUTES,
  ...SINK_ROUTES,
  ...SOURCE_ROUTES,
  ...LIFE_ROUTES,
];

interface SymbolServerOptions {
  readonly host: SymbolWorld;
  readonly plugins: Plugins;
  /** Must carry all events of the host. */
  readonly feed: Feed;
  readonly listen: ListenAddress;
  /** Names of this machine, accepted like `localhost` and addresses; see {@link refusePages}. */
  readonly names: ReadonlySet<string>;
  readonly onServed: (served: Served) => void;
  /** The process id, for a second server that wants the same port. */
  readonly processId: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly sleep: Sampling['sleep'];
}

export interface SymbolServer extends Listening {
  /** See {@link SymbolRuns.hold}. */
  readonly hold: SymbolRuns['hold'];
}

/**
 * Serves the symbol API: that of eKuiper's own plugin test server, with additions (docs/wire.md#plugin-test-server).
 * Closing it stops every symbol that it started. Throws KpluginError when it cannot listen on the address.
 */
export async function startSymbolServer(options: SymbolServerOptions): Promise<SymbolServer> {
  const { host, plugins, feed, clock, sleep, listen } = options;
  const activity = new Activity();
  const leave = feed.subscribe(activity.onItem);
  const runs = new SymbolRuns({ host, plugins, feed, activity, sleep, clock });
  const closing = new AbortController();
  const shared = { host, plugins, runs, feed, activity, clock };
  const server = createServer((request, response) => {
    void serve(request, response, options, shared, closing.signal);
  });
  // A request for a source may wait longer than Node's default timeout.
  server.requestTimeout = 0;
  const listening = await listenOn(server, listen, '--symbols').catch((error: unknown) => {
    leave();
    throw error;
  });
  const close = async (): Promise<void> => {
    closing.abort();
    leave();
    await listening.close();
    await runs.close();
  };
  return { url: listening.url, hold: (plugin) => runs.hold(plugin), close };
}

type Shared = Pick<SymbolCall, 'host' | 'plugins' | 'runs' | 'feed' | 'activity' | 'clock'>;

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: SymbolServerOptions,
  shared: Shared,
  closing: AbortSignal,
): Promise<void> {
  const begin = options.clock();
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  const answer = await answerTo(request, options.names, shared, signal);
  response.setHeader(MARK, `serve/${options.processId}`);
  const { method = 'GET', url = '/' } = request;
  if ('stream' in answer) {
    await answer.stream(response);
    return;
  }
  send(response, answer);
  // An unread body would block the next request on the same connection.
  request.resume();
  const { status, body } = answer;
  options.onServed({ method, path: url, status, body, ms: options.clock() - begin });
}

async function answerTo(
  request: IncomingMessage,
  names: ReadonlySet<string>,
  shared: Shared,
  signal: AbortSignal,
): Promise<Answer | Streamed> {
  const refused = refusePages(request, names);
  if (refused !== null) return refused;
  const { method = 'GET', url = '/' } = request;
  const found = findRoute(ROUTES, method, url);
  if (typeof found !== 'object') return notFound(found, method, url);
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  try {
    return await found.handler({ ...shared, request, name: found.name, query, signal });
  } catch (error) {
    // A client that has disconnected gets no response anyway.
    if (signal.aborted) return empty(500);
    const limit = machineLimitIn(error);
    if (limit !== null) return jsonAnswer(500, { error: limitWords(limit).trimEnd() });
    const words = error instanceof Error ? error.message : String(error);
    return jsonAnswer(500, { error: `kplugin serve failed, which is a bug in it: ${words}` });
  }
}

function notFound(why: 'no-method' | 'no-path', method: string, url: string): Answer {
  const path = url.replace(/[?#].*/s, '');
  return why === 'no-method'
    ? jsonAnswer(405, { error: `${path} does not take ${method}; GET / says what it takes` })
    : jsonAnswer(404, { error: `there is no ${path}; GET / says what there is` });
}
