import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Serving } from '../e2e/serve/serving.ts';
import { Command, type Ended } from './command.ts';
import { FaultProxy } from './proxy.ts';
import { TOKEN } from './token.ts';
import { running, settledTruth, type Truth, truthOf } from './truth.ts';
import { CRASH, functionOf, type Manner, writeVersion } from './versions.ts';
import { WarmKplugin } from './warm.ts';

/** Plugins have their sockets in /tmp: two runs at once must not meet there. */
const RUN = process.pid.toString(36);
let stages = 0;

/** What the host gives a plugin to report back, and kplugin the host: a busy machine must not look like a fault. */
const INIT_TIMEOUT = '30s';
const TIMEOUT = '60s';
/** Where a fault has to outlast it. */
export const SHORT_TIMEOUT = '3s';

/** A host of its own behind a proxy of its own, on which one case after the other is played with one plugin. */
export class Stage {
  readonly name: string;
  readonly proxy: FaultProxy;
  readonly folder: string;
  readonly #args: readonly string[];
  #serving: Serving;
  /** Settles when the host is there (again). */
  #up: Promise<void> = Promise.resolve();
  /** Those that wait for a command. */
  readonly #warm: WarmKplugin[] = [];
  /** What the uploads hold when 1.0.0 was installed by kplugin: the zip's name, and small files with their text. */
  #before: { readonly zip: string; readonly texts: ReadonlyMap<string, string> } | null = null;

  private constructor(
    name: string,
    parts: Pick<Stage, 'folder' | 'proxy'>,
    serving: Serving,
    args: readonly string[],
  ) {
    this.name = name;
    this.folder = parts.folder;
    this.proxy = parts.proxy;
    this.#serving = serving;
    this.#args = args;
  }

  /** `prefix`: of its plugin; `args`: further ones for `kplugin serve`. */
  static async open(prefix: string, ...args: readonly string[]): Promise<Stage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-faults-'));
    const all = ['--init-timeout', INIT_TIMEOUT, '--home', path.join(folder, 'home'), ...args];
    const serving = await Serving.start(...all);
    const proxy = await FaultProxy.start(serving.url);
    stages += 1;
    const stage = new Stage(`${prefix}${RUN}x${stages}`, { folder, proxy }, serving, all);
    await mkdir(stage.work);
    await mkdir(stage.temporary);
    return stage;
  }

  async close(): Promise<void> {
    for (const one of this.#warm) one.close();
    await this.proxy.close();
    await this.#serving.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The host has never heard of the plugin. */
  async fresh(): Promise<void> {
    await this.#quiet();
    await this.#delete(`/plugins/portables/${this.name}`);
    await this.#keepOnly([]);
  }

  /** The host runs 1.0.0 as kplugin installed it, and nothing has happened since. */
  async installed(): Promise<void> {
    if (this.#before === null) return this.#installFirst();
    await this.#quiet();
    const { zip, texts } = this.#before;
    const truth = await this.truth();
    if (running(truth) !== '1.0.0' || truth.upload !== zip) await this.#registerFirst(zip);
    await this.#keepOnly([zip, ...texts.keys()]);
    for (const [name, content] of texts)
      await this.#send('POST', '/config/uploads', { name, content });
  }

  /** Ends the host and starts it again at the same address with the same home. */
  restartHost(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#up = this.#restart(signal);
    return this.#up;
  }

  /** Writes the package of a version and names it. */
  write(version: string, manner: Manner = 'good'): string {
    return writeVersion(this.work, this.name, version, manner);
  }

  /** Starts a kplugin of its own against the proxy; signals can be sent to it. */
  start(args: readonly string[], host: string = this.proxy.host): Command {
    return new Command(args, this.work, this.#env(host));
  }

  /** Has a command run to its end by a kplugin that is kept warm. */
  async run(args: readonly string[]): Promise<Ended> {
    const kplugin = this.#warm.pop() ?? new WarmKplugin(this.work);
    const ended = await kplugin.run(args, this.#env(this.proxy.host));
    if (kplugin.isAlive) this.#warm.push(kplugin);
    return ended;
  }

  /** The plugin's process ends by itself, and the host has noticed. */
  async crash(): Promise<void> {
    await this.#serving.symbols(`/functions/${functionOf(this.name)}`, [CRASH]).catch(() => null);
    while ((await this.truth()).state === 'running') await this.moment();
  }

  async truth(): Promise<Truth> {
    await this.#up;
    return truthOf(this.#serving, this.name);
  }

  /** Once something runs, or after so many milliseconds. */
  async settledTruth(ms = 4000): Promise<Truth> {
    await this.#up;
    return settledTruth(this.#serving, this.name, ms);
  }

  /** So long is waited between two looks. */
  moment(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** What kplugin left in the temporary folder. */
  leftovers(): Promise<string[]> {
    return readdir(this.temporary);
  }

  /** Empties it: who is killed cannot clean up. */
  async forgetTemporary(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true });
    await mkdir(this.temporary);
  }

  /** Where kplugin runs. */
  get work(): string {
    return path.join(this.folder, 'work');
  }

  /** What kplugin takes for the temporary folder of the machine. */
  get temporary(): string {
    return path.join(this.folder, 'tmp');
  }

  get uploads(): string {
    return path.join(this.#serving.home, 'data', 'uploads');
  }

  #env(host: string): Record<string, string> {
    return {
      KPLUGIN_HOST: host,
      KPLUGIN_TIMEOUT: TIMEOUT,
      KPLUGIN_TOKEN: TOKEN,
      TMPDIR: this.temporary,
    };
  }

  async #restart(signal: NodeJS.Signals): Promise<void> {
    const { host } = new URL(this.#serving.url);
    const symbols = new URL(this.#serving.symbolsUrl).host;
    await this.#serving.stop(signal);
    // Of an option that is given twice the last one counts.
    this.#serving = await Serving.start(...this.#args, '--listen', host, '--symbols', symbols);
  }

  async #installFirst(): Promise<void> {
    await this.fresh();
    const host = new URL(this.#serving.url).host;
    const ended = await this.start(['install', this.write('1.0.0')], host).ended;
    const { upload, uploads } = await this.truth();
    if (ended.code !== 0 || upload === null) throw new Error(`no 1.0.0: ${ended.stderr}`);
    const texts = new Map<string, string>();
    for (const file of uploads.filter((one) => one !== upload)) {
      texts.set(file, await readFile(path.join(this.uploads, file), 'utf8'));
    }
    this.#before = { zip: upload, texts };
    await copyFile(path.join(this.uploads, upload), path.join(this.folder, upload));
  }

  async #registerFirst(zip: string): Promise<void> {
    await copyFile(path.join(this.folder, zip), path.join(this.uploads, zip));
    await this.#delete(`/plugins/portables/${this.name}`);
    const body = { name: this.name, file: `file://${path.join(this.uploads, zip)}` };
    const { status } = await this.#send('POST', '/plugins/portables', body);
    if (status !== 201) throw new Error(`1.0.0 cannot be registered again: ${status}`);
    // 2.0 leaves it dead every other time (docs/ekuiper.md#killed-by-an-update).
    for (let tries = 1; running(await this.truth()) === null; tries += 1) {
      if (tries > 3) throw new Error('1.0.0 does not run again');
      await this.#send('PUT', `/plugins/portables/${this.name}`, body);
    }
  }

  /** No fault, nothing under way, nothing left of the case before. */
  async #quiet(): Promise<void> {
    await this.#up;
    await this.proxy.clear();
    await this.forgetTemporary();
  }

  async #keepOnly(kept: readonly string[]): Promise<void> {
    for (const file of await readdir(this.uploads)) {
      if (!kept.includes(file)) await this.#delete(`/config/uploads/${file}`);
    }
  }

  #delete(url: string): Promise<Response> {
    return fetch(`${this.#serving.url}${url}`, { method: 'DELETE' });
  }

  #send(method: 'POST' | 'PUT', url: string, body: unknown): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' };
    return fetch(`${this.#serving.url}${url}`, { method, headers, body: JSON.stringify(body) });
  }
}
