import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { described } from '../../bin/output-schemas.ts';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { type Tree, temporaryFolders, writeTree } from '../../fixtures/tree.ts';

/** What `--json` says about a cycle, as far as tests take it apart. */
export interface CycleEnvelope {
  readonly ok: boolean;
  readonly error: unknown;
  readonly data: {
    readonly event: 'cycle';
    readonly cycle: number;
    readonly changed: readonly string[];
    readonly end: string;
    readonly plugin: { readonly name: string } | null;
    readonly cases: { readonly results: readonly { readonly name: string }[] } | null;
  };
}

interface Called {
  readonly result: { readonly answer: string; readonly pid: number };
}

interface Symbols {
  readonly plugins: readonly unknown[];
  readonly symbols: readonly {
    readonly symbol: string;
    readonly meta: unknown;
    readonly last: readonly object[];
  }[];
}

/** How long `expect.poll` waits for what has no line of its own; a guard, not a measurement. */
export const SOON = { timeout: 20_000 };

const CYCLE_LINE = /^\d\d:\d\d:\d\d /;

export interface Started {
  readonly project: Tree;
  readonly args?: readonly string[];
  /** As people see it, without --json. */
  readonly human?: boolean;
  /** What lies in `$SERVING` from the beginning. */
  readonly before?: Tree;
}

/** Hands out `dev` at work in projects of its own; each is ended after its test. */
export function developings(): (started: Started) => Promise<Developing> {
  const folder = temporaryFolders();
  const running: Developing[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });
  return async ({ project, args = [], human = false, before = {} }) => {
    const developing = new Developing(folder(project), folder(before), [
      ...(human ? [] : ['--json']),
      ...args,
    ]);
    running.push(developing);
    await developing.ready();
    return developing;
  };
}

/** A real `kplugin dev` and what happens around it: a hand that edits files, a client of the symbol API. */
export class Developing {
  readonly project: string;
  readonly stdout: string[] = [];
  readonly pid: number;
  stderr = '';
  /** What its TMPDIR and `$SERVING` is. */
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #wake: () => void = () => undefined;
  #hasEnded = false;
  #read = 0;

  constructor(project: string, folder: string, args: readonly string[]) {
    this.project = project;
    this.#folder = folder;
    const own = ['--listen', '127.0.0.1:0', '--env', 'SERVING'];
    const child = spawn(process.execPath, [BIN, 'dev', ...own, ...args], {
      cwd: project,
      env: cleanEnv({ SERVING: folder, TMPDIR: folder }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.stdout.push(line);
      this.#wake();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.#exit = new Promise((resolve) => {
      child.once('close', (code) => {
        this.#hasEnded = true;
        this.#wake();
        resolve(code);
      });
    });
    this.#child = child;
    this.pid = child.pid ?? 0;
  }

  /** Waits until it says where it listens. */
  async ready(): Promise<void> {
    await this.line((line) => line.startsWith('{') || line.includes('Ctrl-C ends it'));
  }

  /** The next line of stdout that was not waited for yet and is such a one. */
  async line(isSuch: (line: string) => boolean): Promise<string> {
    for (;;) {
      while (this.#read < this.stdout.length) {
        const line = this.stdout[this.#read] ?? '';
        this.#read += 1;
        if (isSuch(line)) return line;
      }
      if (this.#hasEnded) throw new Error(`kplugin dev has ended:\n${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next cycle's line, without the time of day. */
  async told(): Promise<string> {
    const line = await this.line((one) => CYCLE_LINE.test(one));
    return line.slice('12:01:07 '.length);
  }

  /** The lines of all cycles. */
  get cycleLines(): string[] {
    return this.stdout.filter((line) => CYCLE_LINE.test(line));
  }

  get text(): string {
    return this.stdout.join('\n');
  }

  /** The envelope of the next cycle. */
  async cycle(): Promise<CycleEnvelope> {
    return JSON.parse(described(await this.line((line) => line.includes('"event":"cycle"'))));
  }

  remove(file: string): void {
    rmSync(path.join(this.project, file));
  }

  /** Saves files of the project. */
  write(files: Tree): void {
    writeTree(this.project, files);
  }

  /** Puts a file into what the plugin knows as `$SERVING`. */
  give(name: string, text = ''): void {
    writeTree(this.#folder, { [name]: text });
  }

  /** Takes it away again. */
  take(name: string): void {
    rmSync(path.join(this.#folder, name));
  }

  /** What the plugin or its build wrote into `$SERVING/<name>`; empty when there is none. */
  note(name: string): string {
    try {
      return readFileSync(path.join(this.#folder, name), 'utf8');
    } catch {
      return '';
    }
  }

  /** The ids of all processes that the plugin has had, in order. */
  get starts(): number[] {
    return this.note('starts').split('\n').filter(Boolean).map(Number);
  }

  /** What is left in the folder that stands for the temporary one of the machine. */
  get leftovers(): string[] {
    return readdirSync(this.#folder).filter((name) => name.startsWith('kplugin-'));
  }

  get symbolsUrl(): string {
    const [first = ''] = this.stdout;
    if (first.startsWith('{')) return JSON.parse(described(first)).data.symbolsUrl;
    return /symbols (http:\S+)/.exec(this.text)?.[1] ?? '';
  }

  /** Asks the symbol API: POST with a body, or GET without one; the parsed answer, or its text. */
  async ask(url: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const text = await (await fetch(`${this.symbolsUrl}${url}`, init)).text();
    return /^[{[]/.test(text) ? JSON.parse(text) : text;
  }

  /** Calls the function of a plain project. */
  async call(name: string, args: readonly unknown[]): Promise<Called> {
    const body = JSON.stringify(args);
    const answer = await fetch(`${this.symbolsUrl}/functions/${name}`, { method: 'POST', body });
    // What such a function answers.
    return (await answer.json()) as Called;
  }

  async symbols(): Promise<Symbols> {
    const answer = await fetch(`${this.symbolsUrl}/symbols`);
    // The shape that the symbol API promises.
    return (await answer.json()) as Symbols;
  }

  /** The last row of a source, with the meta under which it runs; null when there is none. */
  async lastRow(source: string): Promise<Readonly<Record<string, unknown>> | null> {
    const run = (await this.symbols()).symbols.find(({ symbol }) => symbol === source);
    const row = run?.last.at(-1);
    return row === undefined ? null : { ...row, meta: run?.meta };
  }

  /** Sends a signal and resolves with the exit code. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (!this.#hasEnded) this.#child.kill(signal);
    return this.#exit;
  }
}
