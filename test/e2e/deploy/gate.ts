import type { KeyObject } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { fakeMgmt } from '../../unit/client/auth/fake-mgmt.ts';

export interface GateOptions {
  /** The embedded host behind it: `127.0.0.1:9081`. */
  readonly upstream: string;
  /** The public keys in etc/mgmt by their file names; left out: nobody is asked for a token. */
  readonly keys?: ReadonlyMap<string, KeyObject>;
  /** Left out: no TLS. */
  readonly tls?: https.ServerOptions;
}

/**
 * A gate in front of an embedded host that wants what a real eKuiper, or the proxy before one, wants: a signed token,
 * TLS, a client certificate. What passed through it is kept, to be looked at.
 */
export class Gate {
  readonly #server: http.Server;
  /** Authorization headers that came. */
  readonly tokens = new Set<string>();
  /** Bodies of requests, headers apart. */
  readonly bodies: Buffer[] = [];
  /** How many requests were let through. */
  passed = 0;

  private constructor({ upstream, keys, tls }: GateOptions) {
    const answer: http.RequestListener = (request, response) => {
      this.#answer(request, response, upstream, keys).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    };
    this.#server = tls === undefined ? http.createServer(answer) : https.createServer(tls, answer);
    this.#server.on('tlsClientError', () => {});
  }

  static async open(options: GateOptions): Promise<Gate> {
    const gate = new Gate(options);
    await new Promise<void>((resolve) => gate.#server.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get port(): number {
    // A listening TCP server has a port.
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    upstream: string,
    keys: GateOptions['keys'],
  ): Promise<void> {
    const { authorization, ...headers } = request.headers;
    if (authorization) this.tokens.add(authorization);
    const body: Buffer[] = [];
    for await (const part of request) body.push(part);
    this.bodies.push(...body);
    const { url = '/', method } = request;
    const open = keys === undefined || url === '/' || url === '/ping';
    const refused = open ? null : await fakeMgmt(authorization, keys);
    if (refused !== null) {
      response.writeHead(401).end(refused);
      return;
    }
    this.passed += 1;
    const onward = http.request(`http://${upstream}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(body));
  }
}
