import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import net from 'node:net';
import type { RequestKind } from './request-kind.ts';

/** A request as it came, whole. */
export interface ProxiedRequest {
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as they were sent. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** An answer, whole. */
export interface ProxiedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request and what a fault may do with it. */
export class Exchange {
  readonly kind: RequestKind;
  readonly request: ProxiedRequest;
  readonly #upstream: URL;
  readonly #response: http.ServerResponse;

  constructor(
    kind: RequestKind,
    request: ProxiedRequest,
    response: http.ServerResponse,
    upstream: URL,
  ) {
    this.kind = kind;
    this.request = request;
    this.#response = response;
    this.#upstream = upstream;
  }

  /** Lets the host have it, with this body or its own; resolves with all of the answer. */
  async forward(body: Buffer = this.request.body): Promise<ProxiedAnswer> {
    const { method, url, headers } = this.request;
    const { hostname, port } = this.#upstream;
    const sent = http.request({
      hostname,
      port,
      method,
      path: url,
      agent: false,
      headers: Object.fromEntries(pairs(headers)),
    });
    sent.end(body);
    // An event of http's: it brings one answer.
    const [answer] = (await once(sent, 'response')) as [http.IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await whole(answer) };
  }

  /** Deletes, at the host, the plugin that the request is about: the first half of an update. */
  async remove(): Promise<void> {
    await fetch(new URL(this.request.url, this.#upstream), { method: 'DELETE' });
  }

  /** The host gets half of the request's bytes, then its connection breaks. */
  async forwardHalf(): Promise<void> {
    const { method, url, headers, body } = this.request;
    const lines = pairs(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = Buffer.from(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    const half = Buffer.concat([head, body]).subarray(0, (head.length + body.length) >> 1);
    const socket = net.connect(Number(this.#upstream.port), this.#upstream.hostname);
    socket.on('error', () => {});
    await once(socket, 'connect');
    await new Promise<void>((resolve) => socket.write(half, () => resolve()));
    socket.resetAndDestroy();
  }

  answer({ status, headers, body }: ProxiedAnswer): void {
    this.#head(status, headers, body.length);
    this.#response.end(body);
  }

  /** Promises all of the answer, sends half of it, and breaks the connection. */
  async answerHalf({ status, headers, body }: ProxiedAnswer): Promise<void> {
    this.#head(status, headers, Math.max(body.length, 2));
    const half = body.subarray(0, body.length >> 1);
    await new Promise<void>((resolve) => this.#response.write(half, () => resolve()));
    this.reset();
  }

  /** Sends the answer in so many pieces, `ms` apart. */
  async answerSlowly({ status, headers, body }: ProxiedAnswer, pieces: number, ms: number) {
    this.#head(status, headers, body.length);
    const size = Math.max(1, Math.ceil(body.length / pieces));
    for (let at = 0; at < body.length; at += size) {
      this.#response.write(body.subarray(at, at + size));
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    this.#response.end();
  }

  /** Whether who asked has hung up. */
  get isGone(): boolean {
    return this.#response.socket?.destroyed ?? true;
  }

  reset(): void {
    this.#response.socket?.resetAndDestroy();
  }

  #head(status: number, headers: IncomingHttpHeaders, length: number): void {
    const { 'transfer-encoding': _, connection: __, ...kept } = headers;
    // One connection for each request, as kplugin wants it.
    this.#response.writeHead(status, { ...kept, connection: 'close', 'content-length': length });
  }
}

/** All bytes of a request or an answer. */
export async function whole(message: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

function pairs(flat: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const [name = '', value = ''] = flat.slice(at, at + 2);
    if (!/^(connection|transfer-encoding)$/i.test(name)) found.push([name, value]);
  }
  return [...found, ['Connection', 'close']];
}
