import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { byteText } from '../../../model/byte-text.ts';
import { started } from '../../../model/started.ts';
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
  const child = await started(() =>
    spawn('/bin/sh', [script, ...shellParas], {
      cwd: folder,
      env: { ...context.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    }),
  ).catch((error: unknown) => {
    throw failure(pathError('fork/exec', '/bin/sh', error), { stdout: '', stderr: '' });
  });
  // The whole group: what the script started holds the pipes that are waited for.
  const stop = (): void => void killGroup(child.pid ?? 0);
  context.signal.addEventListener('abort', stop, { once: true });
  if (context.signal.aborted) stop();
  const pieces: { readonly [name in 'stdout' | 'stderr']: Buffer[] } = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (piece: Buffer) => pieces[name].push(piece));
    // A broken pipe ends the output; the end of the process says what happened.
    child[name].on('error', () => undefined);
  }
  const end = await new Promise<ExitOf>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  context.signal.removeEventListener('abort', stop);
  if (end.code === 0) return;
  const textOf = (name: 'stdout' | 'stderr'): string => byteText(Buffer.concat(pieces[name]));
  throw failure(exitWords(end), { stdout: textOf('stdout'), stderr: textOf('stderr') });
}

function failure(words: string, { stdout, stderr }: { stdout: string; stderr: string }): Error {
  return new HostRefusal(`err:${words} stdout:${stdout} stderr:${stderr}`);
}
