import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PluginHost } from '../../../src/emulator/host/host.ts';
import { type RunningServer, startServer } from '../../../src/emulator/server.ts';
import { atLeast, type Target } from '../../../src/model/target.ts';
import { makeZip, type ZipEntrySpec } from '../../fixtures/make-zip.ts';
import type { RecordedCase } from './cases.ts';
import { logOf, quiet, replayed } from './rules/quiet.ts';
import { Rules } from './rules/rules.ts';

/** What a busy machine may take longer than the recorded one. */
const TIMEOUTS_SECONDS = 5;

/** Lets the Python SDK look for its sockets in the world's own folder. */
const OWN_SOCKETS = fileURLToPath(new URL('../../fixtures/own-sockets', import.meta.url));

/** Between two rows of the recorded source. */
const FAST = 'time.sleep(0.05)';
const SLOW = 'time.sleep(0.3)';

/** How long a process that was just started may take to hear of its symbols. */
const REPLAY_SECONDS = 2;

export interface WorldOptions {
  readonly target: Target;
  readonly python: string;
  readonly initTimeoutMs: number;
}

export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
}

/**
 * A fresh server for one case, and what the case made around it. All cases have plugins, rules and files of the same
 * names: each world has a folder of its own in place of /tmp, so that several can be there at once.
 */
export class World {
  readonly #options: WorldOptions;
  readonly #folder: string;
  readonly #names = new Map<string, string>();
  readonly #servers: Server[] = [];
  readonly rules: Rules;
  #host: PluginHost | null = null;
  #server: RunningServer | null = null;

  private constructor(options: WorldOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.rules = new Rules(options.target, () => this.#replayed('src.open'));
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options, await mkdtemp(path.join(tmpdir(), 'kplugin-conformance-')));
    await mkdir(world.#temporary);
    await world.start();
    return world;
  }

  get home(): string {
    return path.join(this.#folder, 'home');
  }

  /** The case as if it had been recorded with this world's folder for /tmp, on a machine as busy as this one. */
  own(one: RecordedCase): RecordedCase {
    const text = JSON.stringify(one).replaceAll('/tmp/', `${this.#temporary}/`);
    // The second row ends the process: the first has to have reached the sink before.
    return JSON.parse(one.name.startsWith('crash.') ? text.replaceAll(FAST, SLOW) : text);
  }

  async start(): Promise<void> {
    const { target, python, initTimeoutMs } = this.#options;
    const now = (): number => performance.now();
    this.#host = new PluginHost({
      root: this.home,
      target,
      python,
      initTimeoutMs,
      // Half a minute of cases wait for a function that is dead; eKuiper gives it 5 s.
      timeouts: { receiveMs: 1_500 },
      now,
      socketFolder: this.#temporary,
      machine: { platform: process.platform, architecture: process.arch },
      // No conda, whatever this machine has: a case is about it missing.
      env: {
        PATH: `${path.dirname(python)}:/usr/bin:/bin`,
        PROBE_LOG: this.#logFile,
        PYTHONPATH: OWN_SOCKETS,
        KPLUGIN_TEST_SOCKETS: this.#temporary,
      },
      onEvent: () => undefined,
    });
    await this.#host.open();
    await this.#host.boot();
    await this.rules.boot(this.#host);
    const listen = { address: '127.0.0.1', port: 0 };
    const onServed = (): void => undefined;
    this.#server = await startServer({
      host: this.#host,
      target,
      listen,
      now,
      onServed,
      names: new Set(),
    });
  }

  async stop(): Promise<void> {
    await this.rules.shutDown();
    await this.#server?.close();
    await this.#host?.close();
  }

  async close(): Promise<void> {
    await this.stop();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async upload(name: string, content: Buffer): Promise<Answered> {
    const form = new FormData();
    form.append('uploadFile', new Blob([new Uint8Array(content)]), name);
    const answer = await this.#send('/config/uploads', { method: 'POST', body: form });
    this.#names.set(`{up:${name}}`, `file://${unescapeHtml(answer.body)}`);
    return answer;
  }

  request(method: string, url: string, body: unknown): Promise<Answered> {
    if (body === null) return this.#send(url, { method });
    const isRaw = typeof body === 'string' && body.startsWith('RAW:');
    const text = isRaw ? String(body).slice(4) : this.#named(JSON.stringify(body));
    const headers = { 'Content-Type': 'application/json' };
    return this.#send(url, { method, body: text, headers });
  }

  zip(entries: readonly ZipEntrySpec[]): Buffer {
    return makeZip(entries, this.#options.python);
  }

  async offer(name: string, content: Buffer): Promise<void> {
    const server = createServer((_request, response) => response.end(content));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#servers.push(server);
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    this.#names.set(`{http:${name}}`, `http://127.0.0.1:${port}/${name}`);
  }

  /** Waits until nothing more is to be expected of the rules, for little longer than the case does. */
  async wait(seconds: number): Promise<void> {
    const host = this.#host;
    if (host === null) return;
    // eKuiper 1.14 and 2.0 need time to notice that a process is gone, and so does this host.
    if (host.list().length === 0 && !atLeast(this.#options.target, '2.1')) {
      await sleep(seconds * 1000);
    } else {
      await quiet(host, this.rules, () => this.log(), seconds + TIMEOUTS_SECONDS);
    }
  }

  /** Waits until a plugin that was just started knows its rule's source and sink again. */
  async replayed(): Promise<void> {
    if (this.rules.running.length > 0) await this.#replayed('src.open', 'snk.open');
  }

  async #replayed(...words: readonly string[]): Promise<void> {
    const host = this.#host;
    if (host !== null) await replayed(host, () => this.log(), words, REPLAY_SECONDS);
  }

  /** The log as soon as it is whole, or after `seconds`. */
  logOf(isWhole: (log: readonly string[]) => boolean, seconds: number): Promise<readonly string[]> {
    return logOf(() => this.log(), isWhole, seconds);
  }

  async log(): Promise<string[]> {
    const text = await readFile(this.#logFile, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  clearLog(): Promise<void> {
    for (const rule of this.rules.running) rule.forgetSent();
    return rm(this.#logFile, { force: true });
  }

  /** The files that belong to plugins, as the recorder listed them. */
  async tree(): Promise<string[]> {
    const entries = await readdir(this.home, { recursive: true, withFileTypes: true });
    return entries
      .map((entry) => `/${path.relative(this.home, path.join(entry.parentPath, entry.name))}`)
      .filter((name) =>
        /^\/(plugins\/portable|data\/uploads|(etc|data)\/(sources|sinks|functions))\/./.test(name),
      )
      .sort();
  }

  /** Machine-dependent parts replaced as in the recordings. */
  neutral(text: string): string {
    return text
      .replaceAll(this.home, '$HOME')
      .replaceAll(this.#options.python, '$PYTHON')
      .replaceAll(path.resolve(this.#options.python, '../..'), '$VENV')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
  }

  /** In place of /tmp. */
  get #temporary(): string {
    return path.join(this.#folder, 'tmp');
  }

  get #logFile(): string {
    return path.join(this.#folder, 'probe.log');
  }

  #named(text: string): string {
    let named = text;
    for (const [name, value] of this.#names) named = named.replaceAll(name, value);
    return named;
  }

  async #send(url: string, init: RequestInit): Promise<Answered> {
    const response = await fetch(`${this.#server?.url}${url}`, init);
    const body = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), body };
  }
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
