import { createServer, type IncomingMessage } from 'node:http';
import { parseForeignJson } from '../../model/json/bounded.ts';

/** A request that the listener of a case received. */
interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

export interface HttpListener {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** In the order in which they were completed. */
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

/** Bytes of one body that are kept. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Listens on the loopback interface and answers every request with the status and `{}`. */
export async function listenHttp(status: number): Promise<HttpListener> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then(
      (text) => {
        requests.push({
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: asJson(text),
        });
        const isBodyless = status === 204 || status === 304;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(isBodyless ? undefined : '{}');
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    // Kept for the life of the server: a later error concerns a client that could not be accepted.
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error('too large');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function asJson(text: string): unknown {
  try {
    const value: unknown = parseForeignJson(text);
    return value;
  } catch {
    return text;
  }
}
