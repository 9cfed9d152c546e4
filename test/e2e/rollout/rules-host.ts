import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A fake eKuiper 2.4 that has no plugin running, only answers: one plugin with one source, and a rule that uses it.
 * Its rule has the source's greeting of the moment it was started last; rows come with every look.
 */
export class RulesHost {
  readonly #server: http.Server;
  readonly #uploads = new Map<string, string>();
  #registration: { readonly file: string } & Record<string, unknown>;
  #rows = 0;
  /** What the source reads when a rule starts. */
  settings: Readonly<Record<string, unknown>> = { greeting: 'hello' };
  /** What the rule that runs has read. */
  inUse = this.settings;
  /** What the plugin's version throws for every row that its rule gets; empty where rows go through. */
  thrownBy: (version: string) => string = () => '';
  #thrown = 0;
  /** What changed it, in order. */
  readonly changes: string[] = [];

  private constructor(private readonly name: string) {
    const upload = `${name}-1.0.0-00000000.zip`;
    this.#registration = { name, file: `file:///up/${upload}`, shellParas: [] };
    this.#uploads.set(upload, '');
    this.#server = http.createServer((request, response) => {
      void this.#answer(request).then(([status, body]) => response.writeHead(status).end(body));
    });
  }

  static async start(name: string): Promise<RulesHost> {
    const host = new RulesHost(name);
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get address(): string {
    // A listening TCP server has a port.
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get version(): string {
    return /-(\d[^-]*)-\w{8}\.zip$/.exec(this.#registration.file)?.[1] ?? '';
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: http.IncomingMessage): Promise<readonly [number, string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('latin1');
    const { method = '', url = '' } = request;
    if (method === 'GET') return this.#told(url);
    this.changes.push(`${method} ${url}`);
    return this.#changed(method, url, text);
  }

  #told(url: string): readonly [number, string] {
    const { name } = this;
    const source = `${name}_src`;
    const plugin = { name, version: this.version, language: 'python', executable: 'main.py' };
    this.#rows += 5;
    const answers: Readonly<Record<string, unknown>> = {
      '/': { version: '2.4.0', os: 'linux', arch: 'amd64' },
      '/plugins/portables': [{ ...plugin, sources: [source], sinks: [], functions: [] }],
      [`/plugins/portables/${name}`]: { ...plugin, sources: [source], sinks: [], functions: [] },
      [`/plugins/portables/${name}/status`]: { refCount: { r: 1 }, status: 'running', errMsg: '' },
      '/config/uploads': [...this.#uploads.keys()].map((upload) => `/up/${upload}`),
      '/data/export': {
        portablePlugins: { [name]: JSON.stringify(this.#registration) },
        streams: { s: `CREATE STREAM s () WITH (TYPE="${source}", FORMAT="json")` },
        rules: { r: JSON.stringify({ id: 'r', sql: 'SELECT * FROM s', actions: [{ log: {} }] }) },
        uploads: Object.fromEntries([...this.#uploads].filter(([, json]) => json !== '')),
      },
      '/rules': [{ id: 'r', status: 'running' }],
      '/rules/r/status': { status: 'running', ...this.#metrics() },
      [`/metadata/sources/yaml/${source}`]: { default: this.settings },
    };
    const answer = answers[url];
    return answer === undefined ? [404, 'not found'] : [200, JSON.stringify(answer)];
  }

  #metrics(): Record<string, number | string> {
    const words = this.thrownBy(this.version);
    if (words !== '') this.#thrown += 5;
    const operators = ['source_s_0', 'op_2_project_0', 'sink_log_0_0'];
    const counters = operators.flatMap((operator, place) => [
      [`${operator}_records_in_total`, this.#rows - (place === 2 ? this.#thrown : 0)],
      [`${operator}_records_out_total`, this.#rows - (place === 0 ? 0 : this.#thrown)],
    ]);
    const thrown = { exceptions_total: this.#thrown, last_exception: words };
    const project = Object.entries(thrown).map(([key, value]) => [`op_2_project_0_${key}`, value]);
    return Object.fromEntries([...counters, ...project]);
  }

  #changed(method: string, url: string, text: string): readonly [number, string] {
    if (url === '/config/uploads') return [201, `/up/${this.#upload(text)}`];
    if (url.endsWith('/restart')) this.inUse = this.settings;
    else if (url.includes('/confKeys/')) this.settings = { ...this.settings, ...JSON.parse(text) };
    else if (method === 'PUT') this.#registration = JSON.parse(text);
    else if (method === 'DELETE') this.#uploads.delete(url.split('/').at(-1) ?? '');
    return [200, ''];
  }

  #upload(text: string): string {
    if (!text.startsWith('{')) {
      const name = /filename="([^"]+)"/.exec(text)?.[1] ?? '';
      this.#uploads.set(name, '');
      return name;
    }
    const { name } = JSON.parse(text);
    this.#uploads.set(name, text);
    return name;
  }
}
