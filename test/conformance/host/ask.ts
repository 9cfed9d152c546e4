import { Agent, type Dispatcher, FormData, request } from 'undici';
import type { Reach } from '../settings.ts';

/** What the host said, whatever it was. */
export interface Said {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds; longer than eKuiper waits for a plugin's first sign of life, as shipped. */
const LIMIT = 100_000;

/**
 * Puts questions to the host without kplugin: what the suite believes must not come from the tool it judges.
 * A question that gets no answer is `{status: 0, text: <why>}`.
 */
export class Ask {
  readonly #reach: Reach;
  readonly #dispatcher: Dispatcher;

  constructor(reach: Reach) {
    this.#reach = reach;
    const ca = reach.ca === null ? {} : { connect: { ca: reach.ca } };
    this.#dispatcher = new Agent({ ...ca, headersTimeout: 0, bodyTimeout: 0 });
  }

  get(path: string, limit = LIMIT): Promise<Said> {
    return this.#ask('GET', path, null, limit);
  }

  post(path: string, body: unknown, limit = LIMIT): Promise<Said> {
    return this.#ask('POST', path, body, limit);
  }

  put(path: string, body: unknown, limit = LIMIT): Promise<Said> {
    return this.#ask('PUT', path, body, limit);
  }

  delete(path: string, limit = LIMIT): Promise<Said> {
    return this.#ask('DELETE', path, null, limit);
  }

  /** Uploads a file under that name, as eKuiper's own manager does. */
  upload(content: Blob, name: string): Promise<Said> {
    const form = new FormData();
    form.append('uploadFile', content, name);
    return this.#send('POST', '/config/uploads', form, {}, LIMIT);
  }

  /** The answer's JSON; throws when it is none, or was refused. */
  async json(path: string): Promise<unknown> {
    const { status, text } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }

  close(): Promise<void> {
    return this.#dispatcher.close();
  }

  #ask(method: Dispatcher.HttpMethod, path: string, body: unknown, limit: number) {
    if (body === null) return this.#send(method, path, null, {}, limit);
    const json = { 'content-type': 'application/json' };
    return this.#send(method, path, JSON.stringify(body), json, limit);
  }

  async #send(
    method: Dispatcher.HttpMethod,
    path: string,
    body: string | FormData | null,
    headers: Readonly<Record<string, string>>,
    limit: number,
  ): Promise<Said> {
    const { address, token } = this.#reach;
    try {
      const answer = await request(`${address.origin}${address.basePath}${path}`, {
        method,
        headers: token === null ? headers : { ...headers, authorization: token },
        body,
        dispatcher: this.#dispatcher,
        signal: AbortSignal.timeout(limit),
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      return { status: 0, text: `no answer: ${error instanceof Error ? error.message : error}` };
    }
  }
}
