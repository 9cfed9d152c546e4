import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { cleanEnv, ROOT } from '../bin/run.ts';
import type { Ended } from './command.ts';

/** Ends the output of a command; kplugin prints no control characters. */
const END = '\u0004end\u0004';

/** A kplugin that serves one command after the other: starting it each time takes longer than what it does. */
export class WarmKplugin {
  readonly #child: ChildProcess;
  readonly #said = { stdout: '', stderr: '' };
  #code: number | null = null;
  #isOver = false;
  #done: (ended: Ended) => void = () => {};

  constructor(cwd: string) {
    const program = path.join(ROOT, 'test/faults/warm-process.js');
    const child = spawn(process.execPath, [program], {
      cwd,
      env: cleanEnv(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text: string) => {
        this.#said[stream] += text;
        this.#settle();
      });
    }
    child.on('message', (message) => {
      // The one thing that warm-process.js sends.
      this.#code = (message as { code: number }).code;
      this.#settle();
    });
    // It ended by itself, as kplugin does at a bug.
    child.once('close', (code) => {
      this.#isOver = true;
      this.#done({ code, ...this.#said });
    });
    this.#child = child;
  }

  /** Whether it can be given another command. */
  get isAlive(): boolean {
    return !this.#isOver;
  }

  /** Runs one command; a kplugin that never ends is a failure, not a reason to wait for ever. */
  async run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
    this.#said.stdout = '';
    this.#said.stderr = '';
    this.#code = null;
    const guard = setTimeout(() => this.#child.kill('SIGKILL'), 100_000);
    const ended = new Promise<Ended>((resolve) => {
      this.#done = resolve;
    });
    this.#child.send({ args, env, end: END });
    return ended.finally(() => clearTimeout(guard));
  }

  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** It is over when the code is there and both streams are at their end. */
  #settle(): void {
    const { stdout, stderr } = this.#said;
    if (this.#code === null || !stdout.endsWith(END) || !stderr.endsWith(END)) return;
    const cut = (text: string): string => text.slice(0, -END.length);
    this.#done({ code: this.#code, stdout: cut(stdout), stderr: cut(stderr) });
  }
}
