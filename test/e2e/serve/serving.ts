import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { described } from '../../bin/output-schemas.ts';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { makeZip, type ZipEntrySpec } from '../../fixtures/make-zip.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A real `kplugin serve --json` on a free port, and what a client does with it. */
export class Serving {
  readonly url: string;
  /** Of the symbol API. */
  readonly symbolsUrl: string;
  readonly home: string;
  readonly pid: number;
  /** What it says when it is ready; empty for people. */
  readonly data: Envelope['data'];
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  readonly #stdout: string[];
  readonly #folder: string;
  #stderr = '';

  private constructor(child: ChildProcess, stdout: string[], folder: string) {
    const [first = ''] = stdout;
    // What the caller of this constructor waited for: the envelope, or the first line for people.
    const ready = first.startsWith('{')
      ? (JSON.parse(described(first)) as Envelope).data
      : readyText(first);
    this.url = ready.url;
    this.symbolsUrl = ready.symbolsUrl ?? '';
    this.home = ready.home;
    this.pid = child.pid ?? 0;
    this.data = ready;
    this.#child = child;
    this.#stdout = stdout;
    this.#folder = folder;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#exit = new Promise((resolve) => child.once('close', resolve));
  }

  /** Starts it with further arguments and waits until it says that it is ready; `--human`: without --json. */
  static async start(...args: readonly string[]): Promise<Serving> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-serving-'));
    const [first, ...rest] = args;
    const form = first === '--human' ? rest : ['--json', ...args];
    const own = ['--listen', '127.0.0.1:0', '--env', 'SERVING'];
    const child = spawn(process.execPath, [BIN, 'serve', ...own, ...form], {
      env: cleanEnv({ SERVING: folder, TMPDIR: folder }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        resolve();
      });
      child.once('exit', (code) => reject(new Error(`kplugin serve ended with ${code}`)));
    });
    return new Serving(child, lines, folder);
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** All that it printed on stdout. */
  get stdout(): readonly string[] {
    return this.#stdout;
  }

  /** Sends a signal and resolves with the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const code = await this.end(signal);
    await rm(this.#folder, { recursive: true, force: true });
    return code;
  }

  /** The same, but its folder stays. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#exit;
  }

  async get(url: string): Promise<Answer> {
    return this.#answer(await fetch(`${this.url}${url}`));
  }

  /** Asks the symbol API: POST with a body, or GET without one. */
  async symbols(url: string, body?: unknown): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const init = body === undefined ? {} : { method: 'POST', body: text };
    return this.#answer(await fetch(`${this.symbolsUrl}${url}`, init));
  }

  /** What is left in the folder that stands for the temporary one of the machine. */
  async leftovers(): Promise<string[]> {
    return (await readdir(this.#folder)).filter((name) => name.startsWith('kplugin-'));
  }

  /** Installs (POST) or updates (PUT) a plugin made of these entries. */
  async install(
    name: string,
    entries: readonly ZipEntrySpec[],
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<Answer> {
    const file = path.join(this.#folder, `${name}.zip`);
    await writeFile(file, makeZip(entries));
    const url = method === 'POST' ? '/plugins/portables' : `/plugins/portables/${name}`;
    const response = await fetch(`${this.url}${url}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, file: `file://${file}` }),
    });
    return this.#answer(response);
  }

  /** What a plugin wrote into `$SERVING/<name>`; empty when there is none. */
  note(name: string): Promise<string> {
    return readFile(path.join(this.#folder, name), 'utf8').catch(() => '');
  }

  async #answer(response: Response): Promise<Answer> {
    return { status: response.status, body: await response.text() };
  }
}

interface Envelope {
  readonly data: {
    readonly url: string;
    readonly symbolsUrl: string | null;
    readonly home: string;
    readonly plugins: readonly {
      readonly name: string;
      readonly start: { readonly directory: string; readonly command: readonly string[] } | null;
    }[];
  };
}

function readyText(line: string): Envelope['data'] {
  return { url: line.split(' ')[0] ?? '', symbolsUrl: null, home: '', plugins: [] };
}
