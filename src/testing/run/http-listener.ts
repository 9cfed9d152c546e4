import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseForeignJson } from '../../model/json/bounded.ts';
import type { CannedAnswer } from '../case/case.ts';

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

interface ListenerOptions {
  /** Empty: `status` and `{}` to every request. */
  readonly answers: readonly CannedAnswer[];
  /** Fills the placeholders of a body; they may name the address of this listener. */
  readonly body: (body: unknown) => unknown;
  readonly status: number;
  /** Called with each request that no answer fits. */
  readonly onUnknown: (text: string) => void;
}

/** Answers every request with 200 and `{}`. */
export const PLAIN_LISTENER: Omit<ListenerOptions, 'onUnknown'> = {
  answers: [],
  body: (body) => body,
  status: 200,
};

const PLAIN_ANSWER: Omit<CannedAnswer, 'status'> = {
  method: null,
  path: null,
  headers: new Map(),
  body: {},
};

/** Listens on the loopback interface and answers requests as the case says. */
export async function listenHttp({
  answers,
  status,
  body,
  onUnknown,
}: ListenerOptions): Promise<HttpListener> {
  const requests: ReceivedRequest[] = [];
  const script = new Answers(answers.length > 0 ? answers : [{ ...PLAIN_ANSWER, status }]);
  const server = createServer((request, response) => {
    void readBody(request).then(
      (text) => {
        const { method = '', url = '', headers } = request;
        requests.push({ method, path: url, headers, body: asJson(text) });
        const answer = script.next(method, url);
        if (answer === null) onUnknown(`no answer of the case fits ${method} ${url}: 404`);
        send(response, answer && { ...answer, body: body(answer.body) });
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

/** Chooses the answers of a case, each once and the last that fits again. */
class Answers {
  readonly #answers: readonly CannedAnswer[];
  readonly #given = new Set<CannedAnswer>();

  constructor(answers: readonly CannedAnswer[]) {
    this.#answers = answers;
  }

  next(method: string, url: string): CannedAnswer | null {
    const path = url.split('?', 1)[0] ?? '';
    const fitting = this.#answers.filter((one) => {
      const isPath = one.path === null || one.path === url || one.path === path;
      return isPath && (one.method === null || one.method === method);
    });
    const answer = fitting.find((one) => !this.#given.has(one)) ?? fitting.at(-1) ?? null;
    if (answer !== null) this.#given.add(answer);
    return answer;
  }
}

function send(response: ServerResponse, answer: CannedAnswer | null): void {
  if (answer === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('no answer of the case fits');
    return;
  }
  const { status, headers, body } = answer;
  const isText = typeof body === 'string';
  response.setHeader('content-type', isText ? 'text/plain; charset=utf-8' : 'application/json');
  for (const [name, value] of headers) response.setHeader(name, value);
  response.writeHead(status);
  const isBodyless = status === 204 || status === 304;
  response.end(isBodyless ? undefined : isText ? body : JSON.stringify(body));
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
