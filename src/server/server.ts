import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errorCode } from '../host/go-words.ts';
import type { PluginHost } from '../host/host.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { atLeast, type Target } from '../model/target.ts';
import { type Answer, refusal } from './answer.ts';
import { refusePages } from './page-guard.ts';
import { matchRoute, type Route } from './route.ts';
import { EXPORT_ROUTES } from './routes/export.ts';
import { PLUGIN_ROUTES } from './routes/plugins.ts';
import { SYSTEM_ROUTES } from './routes/system.ts';
import { UPLOAD_ROUTES } from './routes/uploads.ts';

const ROUTES = [...SYSTEM_ROUTES, ...PLUGIN_ROUTES, ...UPLOAD_ROUTES, ...EXPORT_ROUTES];

/** One answered request, for the log. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

export interface ServerOptions {
  readonly host: PluginHost;
  readonly target: Target;
  readonly listen: { readonly address: string; readonly port: number };
  /** Whether the address is this machine's alone; names other than `localhost` are refused then. */
  readonly isLocalOnly: boolean;
  readonly onServed: (served: Served) => void;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

export interface RunningServer {
  /** `http://127.0.0.1:9081` */
  readonly url: string;
  /** Drops every connection and frees the port. The host is closed by whoever opened it. */
  close(): Promise<void>;
}

/**
 * eKuiper's REST API over an opened host, as far as plugins go. Throws KpluginError when the address
 * cannot be listened on.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { target, listen } = options;
  const routes = ROUTES.filter((route) => !route.since || atLeast(target, route.since));
  const begin = options.now();
  const server = createServer((request, response) => {
    void serve(request, response, routes, options, begin);
  });
  await bind(server, listen);
  return { url: urlOf(server, listen), close: () => shut(server) };
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
  send(response, answer);
  // A body that nobody read would keep the connection from its next request.
  request.resume();
  const ms = options.now() - started;
  options.onServed({ method, path: url, status: answer.status, body: answer.body, ms });
}

async function answerTo(
  request: IncomingMessage,
  routes: readonly Route[],
  { host, target, isLocalOnly }: ServerOptions,
  upSeconds: number,
): Promise<Answer> {
  const refused = refusePages(request, isLocalOnly);
  if (refused !== null) return refused;
  const match = matchRoute(routes, request.method ?? 'GET', request.url ?? '/');
  if ('status' in match) return match;
  try {
    return await match.handler({ host, target, request, name: match.name, upSeconds });
  } catch (error) {
    return refusal(error, '', target);
  }
}

function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.type !== null) response.setHeader('Content-Type', answer.type);
  response.setHeader('Content-Length', body.length);
  response.statusCode = answer.status;
  response.end(body);
}

function bind(server: Server, listen: ServerOptions['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, listen)));
    server.listen({ host: listen.address, port: listen.port, exclusive: true }, resolve);
  });
}

function listenError(error: Error, { address, port }: ServerOptions['listen']): KpluginError {
  const code = errorCode(error);
  const where = `${address}:${port}`;
  if (code === 'EADDRINUSE') {
    return new KpluginError({
      code: 'port-in-use',
      exit: EXIT.usage,
      message: `another program listens on ${where} already`,
      reason: 'an eKuiper or another "kplugin serve" may run there',
      hint: `stop it, or take another port: kplugin serve --listen ${address}:${port + 1}`,
      cause: error,
    });
  }
  return new KpluginError({
    code: 'cannot-listen',
    exit: EXIT.usage,
    message: `cannot listen on ${where}: ${error.message}`,
    hint: 'take an address of this machine: kplugin serve --listen 127.0.0.1:9081',
    cause: error,
  });
}

function urlOf(server: Server, { address, port }: ServerOptions['listen']): string {
  const bound = server.address();
  const actual = bound !== null && typeof bound === 'object' ? bound.port : port;
  return `http://${address.includes(':') ? `[${address}]` : address}:${actual}`;
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
