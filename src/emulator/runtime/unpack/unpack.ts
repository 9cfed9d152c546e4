import { spawn } from 'node:child_process';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { byteText } from '../../../model/byte-text.ts';
import { spawnChild } from '../../../model/child-process.ts';
import type { PluginInfo } from '../../../model/plugin/manifest.ts';
import type { Target } from '../../../model/target.ts';
import { makeFolders, removeFiles } from '../../../package/files/folders.ts';
import { type Home, routeOf } from '../home.ts';
import { type ExitOf, exitWords, HostRefusal, pathError } from '../refusal.ts';
import { killGroup } from '../run/plugin-process.ts';
import { manifestIn, type OpenZip, openZip, yieldToEventLoop } from './package-zip.ts';
import { place } from './place.ts';

/** Files written between two yields to the event loop. */
const BATCH = 200;

export interface Unpacking {
  readonly home: Home;
  readonly target: Target;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts the unpacking, or a running install.sh. */
  readonly signal: AbortSignal;
}

/** An unpacked plugin, with the function that removes it when it does not start. */
interface Unpacked {
  readonly info: PluginInfo;
  /** Removes what eKuiper removes after a failed installation: the files it lists, the directory only when empty. */
  undo(): Promise<void>;
}

/**
 * Unpacks a package and runs its `install.sh`, in eKuiper's order and with its error text (HostRefusal). After a
 * failure the same files are left that eKuiper leaves. Source: portable/manager.go install.
 */
export async function unpack(
  zipPath: string,
  name: string,
  shellParas: readonly string[],
  unpacking: Unpacking,
): Promise<Unpacked> {
  const folder = join(unpacking.home.plugins, name);
  const installed = new Map<string, string>();
  const undo = (): Promise<void> => removeInstalled(installed, folder);
  const zip = await openZip(zipPath, `${folder}.zip`);
  try {
    const info = await manifestIn(zip, name, unpacking.target);
    await makeFolders(folder, 0o755);
    await placeAll(zip, folder, installed, unpacking);
    requireFiles(info, name, installed);
    if (installed.has('install.sh')) await runInstallScript(folder, shellParas, unpacking);
    return { info, undo };
  } catch (error) {
    await undo();
    throw error;
  } finally {
    zip.close();
  }
}

async function placeAll(
  zip: OpenZip,
  folder: string,
  installed: Map<string, string>,
  { home, target, signal }: Unpacking,
): Promise<void> {
  for (const [index, item] of zip.items.entries()) {
    if (index % BATCH === 0) await yieldToEventLoop(signal);
    const route = routeOf(item.name, folder, home, target);
    for (const root of route.roots) {
      const path = await place(item, root, route.way, { home, target, signal });
      // Only the last root is remembered: after a failure the copies in etc stay, as with eKuiper 2.2 and later.
      if (!item.mode.isDirectory) installed.set(route.name, path);
    }
  }
}

function requireFiles(
  info: PluginInfo,
  name: string,
  installed: ReadonlyMap<string, string>,
): void {
  const sources = (info.sources ?? []).map((source) => `sources/${source}.yaml`);
  const missing = [`${name}.json`, info.executable, ...sources].find(
    (file) => !installed.has(file),
  );
  if (missing !== undefined) throw new HostRefusal(`missing ${missing}`);
}

async function removeInstalled(
  installed: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  await removeFiles(installed.values());
  await rmdir(folder).catch(() => undefined);
}

interface ScriptContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Runs `/bin/sh <folder>/install.sh <shellParas>` in the plugin's directory. Throws HostRefusal with its output like
 * eKuiper: `err:exit status 3 stdout:… stderr:…`. Recorded cases `install.*`.
 */
async function runInstallScript(
  folder: string,
  shellParas: readonly string[],
  context: ScriptContext,
): Promise<void> {
  const script = join(folder, 'install.sh');
  const child = await spawnChild(() =>
    spawn('/bin/sh', [script, ...shellParas], {
      cwd: folder,
      env: { ...context.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    }),
  ).catch((error: unknown) => {
    throw failure(pathError('fork/exec', '/bin/sh', error), { stdout: '', stderr: '' });
  });
  // Kills the whole group: children of the script keep the pipes open.
  const stop = (): void => void killGroup(child.pid ?? 0);
  context.signal.addEventListener('abort', stop, { once: true });
  if (context.signal.aborted) stop();
  const pieces: { readonly [name in 'stdout' | 'stderr']: Buffer[] } = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (piece: Buffer) => pieces[name].push(piece));
    // A broken pipe ends the output; the exit of the process is reported separately.
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
