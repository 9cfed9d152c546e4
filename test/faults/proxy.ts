import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Exchange, whole } from './exchange.ts';
import { type RequestKind, requestKind } from './request-kind.ts';
import { TOKEN } from './token.ts';

/** What is done with a request instead of handing it on; it answers, breaks off, or does neither. */
export type Fault = (exchange: Exchange) => Promise<void> | void;

/** Which requests a fault strikes: those of a kind, from the n-th on, so many times. */
export interface Placed {
  readonly kind: RequestKind;
  /** From 1. */
  readonly nth: number;
  readonly times: number;
  readonly fault: Fault;
}

/** A request that the proxy saw: the n-th of its kind. */
export interface Seen {
  readonly kind: RequestKind;
  readonly nth: number;
}

/** An HTTP proxy on loopback in front of a host, which breaks requests as it was told. */
export class FaultProxy {
  /** Since {@link clear}, in the order of their coming. */
  seen: Seen[] = [];
  /** How often a fault has struck. */
  hits = 0;
  /** How many requests came without the token. */
  strangers = 0;
  readonly #upstream: URL;
  readonly #http: http.Server;
  #listener: net.Server;
  #port = 0;
  readonly #sockets = new Set<net.Socket>();
  #placed: Placed[] = [];
  #shut: { readonly seen: number; readonly ms: number | null } | null = null;

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
    this.#http = http.createServer((request, response) => void this.#serve(request, response));
    this.#listener = this.#newListener();
  }

  /** In front of `upstream`, the URL of a host. */
  static async start(upstream: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstream);
    await proxy.#listen();
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  place(placed: Placed): void {
    this.#placed.push(placed);
  }

  /**
   * Refuses connections once so many requests are answered (0: from now on), for so many milliseconds or for good.
   */
  async refuseAfter(requests: number, ms: number | null): Promise<void> {
    this.#shut = { seen: requests, ms };
    if (requests === 0) this.#refuse(ms);
  }

  /** Forgets what it saw and what it was told. */
  async clear(): Promise<void> {
    this.seen = [];
    this.hits = 0;
    this.strangers = 0;
    this.#placed = [];
    this.#shut = null;
    if (!this.#listener.listening) await this.#listen();
  }

  /** Breaks every connection that is open. */
  breakAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.breakAll();
    this.#shut = null;
    this.#listener.close();
    this.#http.close();
  }

  #newListener(): net.Server {
    return net.createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      this.#http.emit('connection', socket);
    });
  }

  async #listen(): Promise<void> {
    this.#listener = this.#newListener();
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    // A listening TCP server has a port.
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  #refuse(ms: number | null): void {
    this.hits += 1;
    const shut = this.#shut;
    this.#listener.close();
    if (ms === null) return;
    setTimeout(() => {
      if (this.#shut === shut) void this.#listen();
    }, ms).unref();
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers, rawHeaders } = request;
    const kind = requestKind(method, url, headers['content-type']);
    const nth = this.seen.filter((one) => one.kind === kind).length + 1;
    this.seen.push({ kind, nth });
    if (headers.authorization !== TOKEN) this.strangers += 1;
    const isLast = this.#shut !== null && this.#shut.seen === this.seen.length;
    try {
      const body = await whole(request);
      const whats = { method, url, headers: rawHeaders, body };
      const exchange = new Exchange(kind, whats, response, this.#upstream);
      await this.#handle(exchange, nth, isLast);
    } catch {
      // The host or kplugin broke off: so does the proxy.
      response.socket?.resetAndDestroy();
    }
  }

  async #handle(exchange: Exchange, nth: number, isLast: boolean): Promise<void> {
    const struck = this.#placed.find(
      (one) => one.kind === exchange.kind && nth >= one.nth && nth < one.nth + one.times,
    );
    if (struck !== undefined) {
      this.hits += 1;
      return struck.fault(exchange);
    }
    const answer = await exchange.forward();
    if (isLast) this.#refuse(this.#shut?.ms ?? null);
    exchange.answer(answer);
  }
}
