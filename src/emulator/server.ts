import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { has } from '../model/behaviours.ts';
import type { Target } from '../model/target.ts';
import type { PluginHost } from './host/host.ts';
import { type Answer, refusal, send } from './http/answer.ts';
import { type ListenAddress, type Listening, listenOn, MARK } from './http/listening.ts';
import { refusePages } from './http/page-guard.ts';
import { matchRoute, type Route } from './http/route.ts';
import { PLUGIN_ROUTES } from './routes/plugins.ts';
import { SYSTEM_ROUTES } from './routes/system.ts';
import { UPLOAD_ROUTES } from './routes/uploads.ts';

const ROUTES = [...SYSTEM_ROUTES, ...PLUGIN_ROUTES, ...UPLOAD_ROUTES];

/** One handled request, for the log. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

interface ServerOptions {
  readonly host: PluginHost;
  readonly target: Target;
  readonly listen: ListenAddress;
  /** Names of this machine, accepted like `localhost` and addresses; see {@link refusePages}. */
  readonly names: ReadonlySet<string>;
  readonly onServed: (served: Served) => void;
  /** The process id, for a second server that wants the same port. */
  readonly processId?: number;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

export type RunningServer = Listening;

/**
 * Serves the plugin part of eKuiper's REST API for an opened host. Throws KpluginError when it cannot listen on the
 * address.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { target, listen } = options;
  const routes = ROUTES.filter((route) => !route.needs || has(target, route.needs));
  const begin = options.now();
  const server = createServer((request, response) => {
    void serve(request, response, routes, options, begin);
  });
  return listenOn(server, listen, '--listen');
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
  options: ServerOptions,
  begin: number,
): Promise<void> {
  const started = options.now();
  const { method = 'GET', url = '/' } = request;
  const answer = await answerTo(request, routes, options, (started - begin) / 1000);
  if (options.processId !== undefined) response.setHeader(MARK, `serve/${options.processId}`);
  send(response, answer);
  // An unread body would block the next request on the same connection.
  request.resume();
  const ms = options.now() - started;
  options.onServed({ method, path: url, status: answer.status, body: answer.body, ms });
}

async function answerTo(
  request: IncomingMessage,
  routes: readonly Route[],
  { host, target, names }: ServerOptions,
  upSeconds: number,
): Promise<Answer> {
  const refused = refusePages(request, names);
  if (refused !== null) return refused;
  const match = matchRoute(routes, request.method ?? 'GET', request.url ?? '/');
  if ('status' in match) return match;
  try {
    return await match.handler({ host, target, request, name: match.name, upSeconds });
  } catch (error) {
    return refusal(error, '', target);
  }
}
