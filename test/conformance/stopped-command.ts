import { spawn } from 'node:child_process';
import { BIN, cleanEnv } from '../bin/run.ts';
import type { Command } from './world.ts';

export interface Stopping {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it says on stderr just before it gets the signal. */
  readonly at: RegExp;
  readonly signal: 'SIGINT' | 'SIGKILL';
}

/** Runs kplugin and sends it a signal at a certain moment; the code is -1 when it ended by the signal. */
export function stopCommand(args: readonly string[], stopping: Stopping): Promise<Command> {
  const { cwd, env, at, signal } = stopping;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: cleanEnv(env) });
    let [stdout, stderr, sent] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (sent || !at.test(stderr)) return;
      sent = true;
      child.kill(signal);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (!sent) stderr += `(it ended before it could get its ${signal})\n`;
      resolve({ args, code: code ?? -1, stdout, stderr });
    });
  });
}
