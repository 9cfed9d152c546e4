import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type HostOptions, PluginHost } from '../../../src/emulator/host/host.ts';
import type { HostEvent } from '../../../src/emulator/runtime/symbol-contract.ts';
import { cleanEnv } from '../../bin/run.ts';
import { isRunning } from '../../fixtures/is-running.ts';
import { makeZip, type ZipEntrySpec } from '../../fixtures/make-zip.ts';
import { rawPlugin } from './raw-plugin.ts';

/** An embedded host with real processes, and the proof that nothing of it is left when the test ends. */
export class Hosting {
  readonly host: PluginHost;
  readonly events: HostEvent[] = [];
  readonly #folder: string;
  readonly #prefix: string;

  private constructor(folder: string, prefix: string, options: Partial<HostOptions>) {
    this.#folder = folder;
    this.#prefix = prefix;
    this.host = new PluginHost({
      root: path.join(folder, 'home'),
      target: '2.4',
      socketFolder: '/tmp',
      initTimeoutMs: 20_000,
      python: 'python3',
      machine: { platform: process.platform, architecture: process.arch },
      env: cleanEnv({ SERVING: folder }),
      onEvent: (event) => this.events.push(event),
      now: () => performance.now(),
      ...options,
    });
  }

  /**
   * `prefix`: with which all plugin names of the test begin. A plugin with good manners, `<prefix>_good`, runs
   * beside those that the test installs and is asked again at the end, before everything is looked through for leaks.
   */
  static async start(prefix: string, options: Partial<HostOptions> = {}): Promise<Hosting> {
    const hosting = await Hosting.open(prefix, options);
    onTestFinished(() => hosting.end());
    return hosting;
  }

  /** As {@link start}, for who calls {@link end} by himself. */
  static async open(prefix: string, options: Partial<HostOptions> = {}): Promise<Hosting> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-bad-'));
    const hosting = new Hosting(folder, prefix, options);
    await hosting.host.open();
    await hosting.install(`${prefix}_good`, rawPlugin(`${prefix}_good`));
    return hosting;
  }

  async install(name: string, entries: readonly ZipEntrySpec[]): Promise<void> {
    const file = path.join(this.#folder, `${name}.zip`);
    await writeFile(file, makeZip(entries));
    await this.host.register({ name, file: pathToFileURL(file).href, shellParas: null });
  }

  /** The words with which the host refuses it, line by line. */
  async refusal(work: Promise<unknown>): Promise<string[]> {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error('it was not refused');
    expect(error.name).toBe('HostRefusal');
    return error.message.split('\n');
  }

  /** What the plugin with good manners answers to a call. */
  async askGood(value: unknown): Promise<unknown> {
    const open = await this.host.openFunction(`${this.#prefix}_good_fn`);
    return open.exec([value], { ruleId: 'r', opId: 'o', instanceId: 0, funcId: 0 });
  }

  /** What the host remarked about a plugin. */
  notes(plugin: string): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'note' && event.plugin === plugin ? [event.text] : [],
    );
  }

  /** What a plugin noted; empty when it did not. */
  noted(name: string): Promise<string> {
    return readFile(path.join(this.#folder, name), 'utf8').catch(() => '');
  }

  /** Every process that was started, and whether it still runs. */
  async running(): Promise<number[]> {
    const pids = this.events.flatMap((event) => (event.kind === 'started' ? [event.pid] : []));
    const run = await Promise.all(pids.map(isRunning));
    return pids.filter((_, index) => run[index]);
  }

  /** Sockets of this test's plugins in /tmp. */
  async sockets(): Promise<string[]> {
    const names = await readdir('/tmp');
    return names.filter((name) => name.endsWith('.ipc') && name.includes(this.#prefix));
  }

  /** Closes the host; fails when anything of it is left, or when the plugin with good manners had gone quiet. */
  async end(): Promise<void> {
    try {
      expect(await this.askGood('still here')).toBe('still here');
    } finally {
      await this.host.close();
      await rm(this.#folder, { recursive: true, force: true });
    }
    expect(await this.running()).toEqual([]);
    expect(await this.sockets()).toEqual([]);
  }
}
