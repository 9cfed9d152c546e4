import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A tour in a folder of its own: every step is printed as one would type it, and stops the tour when it fails. */
export interface Tour {
  /** Runs a command to its end and shows what it prints. */
  step(...command: readonly string[]): Promise<void>;
  /** Starts a command that keeps running; resolves with its stop function once `ready` appears in its output. */
  background(ready: string, ...command: readonly string[]): Promise<() => Promise<void>>;
}

/** `programs` says what a typed name really starts: `kplugin` → node and the bin of this very checkout. */
export function tourIn(
  cwd: string,
  programs: Readonly<Record<string, readonly string[]>>,
  print: (text: string) => void,
): Tour {
  const start = (command: readonly string[]) => {
    const [typed = '', ...args] = command;
    const [program = typed, ...first] = programs[typed] ?? [typed];
    const child = spawn(program, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    return child;
  };
  return {
    async step(...command) {
      print(`\n$ ${command.map(quoted).join(' ')}\n`);
      const child = start(command);
      show(child.stdout, print);
      show(child.stderr, print);
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`"${command.join(' ')}" ended with exit code ${code}`);
    },
    async background(ready, ...command) {
      print(`\n$ ${command.map(quoted).join(' ')} &\n`);
      const child = start(command);
      const closed = once(child, 'close');
      await new Promise<void>((resolve, reject) => {
        const look = (line: string) => {
          print(`  ${command[1]} | ${line}\n`);
          if (line.includes(ready)) resolve();
        };
        for (const stream of [child.stdout, child.stderr]) {
          createInterface({ input: stream }).on('line', look);
        }
        closed.then(
          ([code]) => reject(new Error(`${command.join(' ')} ended early: ${code}`)),
          reject,
        );
      });
      return async () => {
        child.kill('SIGTERM');
        await closed;
      };
    },
  };
}

function show(stream: Readable, print: (text: string) => void): void {
  stream.setEncoding('utf8').on('data', print);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word}'`;
}

/** Where a virtual environment keeps its Python. */
export function venvPython(venv: string): string {
  return process.platform === 'win32'
    ? path.join(venv, 'Scripts', 'python.exe')
    : path.join(venv, 'bin', 'python');
}
