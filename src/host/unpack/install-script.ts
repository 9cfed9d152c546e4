import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitWords, pathError } from '../go-words.ts';
import { HostRefusal } from '../refusal.ts';
import type { ExitOf } from '../run/exit.ts';
import { killGroup } from '../run/process.ts';

export interface ScriptContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Runs `/bin/sh <folder>/install.sh <shellParas>` in the plugin's folder; throws HostRefusal with its output,
 * as eKuiper does: `err:exit status 3 stdout:… stderr:…`. Recorded cases `install.*`.
 */
export async function runInstallScript(
  folder: string,
  shellParas: readonly string[],
  context: ScriptContext,
): Promise<void> {
  const script = join(folder, 'install.sh');
  const child = spawn('/bin/sh', [script, ...shellParas], {
    cwd: folder,
    env: { ...context.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // The whole group: what the script started holds the pipes that are waited for.
  const stop = (): void => void killGroup(child.pid ?? 0);
  context.signal.addEventListener('abort', stop, { once: true });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
    // A broken pipe ends the output; the end of the process says what happened.
    child[name].on('error', () => undefined);
  }
  const end = await new Promise<ExitOf | Error>((resolve) => {
    child.once('error', resolve);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  context.signal.removeEventListener('abort', stop);
  const words = failureOf(end);
  if (words === null) return;
  throw new HostRefusal(`err:${words} stdout:${texts.stdout} stderr:${texts.stderr}`);
}

function failureOf(end: ExitOf | Error): string | null {
  if (end instanceof Error) return pathError('fork/exec', '/bin/sh', end);
  return end.code === 0 ? null : exitWords(end);
}
