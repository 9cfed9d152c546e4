import type { IncomingMessage, ServerResponse } from 'node:http';

/** A fake host: answers as an eKuiper 1.14 does and keeps no package, only its name. */
export class DrainingHost {
  #uploads = new Map<string, string>();
  #plugins = new Map<string, string>();

  reset(): void {
    this.#uploads = new Map();
    this.#plugins = new Map();
  }

  readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    void this.#answer(request).then(([status, body]) => {
      const isText = typeof body === 'string';
      response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
      response.end(isText ? body : JSON.stringify(body));
    });
  };

  async #answer(request: IncomingMessage): Promise<readonly [number, unknown]> {
    const { method = 'GET', url = '/', headers } = request;
    const isJson = headers['content-type'] === 'application/json';
    const text = await drained(request, url === '/config/uploads' && !isJson);
    if (url === '/') return [200, { version: '1.14.7', os: 'linux', arch: 'amd64' }];
    if (url === '/data/export') return [200, this.#export()];
    if (url.startsWith('/config/uploads')) return this.#files(method, url, text, isJson);
    if (url.startsWith('/plugins/portables')) return this.#registrations(method, url, text);
    return [404, '404 page not found'];
  }

  #files(method: string, url: string, text: string, isJson: boolean): readonly [number, unknown] {
    if (method === 'GET') return [200, [...this.#uploads.keys()].map((name) => `/up/${name}`)];
    if (method === 'DELETE') return [this.#uploads.delete(lastOf(url)) ? 200 : 400, 'ok'];
    const name = isJson
      ? String(JSON.parse(text).name)
      : (/filename="([^"]+)"/.exec(text)?.[1] ?? 'unnamed');
    this.#uploads.set(name, isJson ? text : '');
    return [201, `/up/${name}`];
  }

  #registrations(method: string, url: string, text: string): readonly [number, unknown] {
    if (method === 'POST' || method === 'PUT') {
      const { name } = JSON.parse(text);
      this.#plugins.set(String(name), text);
      return [201, `portable plugin ${name} is created`];
    }
    const all = [...this.#plugins.keys()].map(described);
    if (url === '/plugins/portables') return [200, all];
    const one = all.find(({ name }) => name === lastOf(url));
    return one === undefined ? [404, 'not found'] : [200, one];
  }

  #export(): object {
    const files = [...this.#uploads].filter(([, text]) => text !== '');
    return {
      portablePlugins: Object.fromEntries(this.#plugins),
      uploads: Object.fromEntries(files),
    };
  }
}

/** What `test/bench/rollout.ts` installs. */
function described(name: string): { name: string; version: string; functions: string[] } {
  return { name, version: '1.0.0', functions: [`${name}_fn`] };
}

function lastOf(url: string): string {
  return decodeURIComponent(url.split('/').at(-1) ?? '');
}

/** The whole body, or of an upload only its beginning; the rest is read and forgotten. */
async function drained(request: IncomingMessage, isUpload: boolean): Promise<string> {
  let text = '';
  for await (const part of request) if (!isUpload || text === '') text += part;
  return text;
}
