import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cached, makeCached } from './cache.ts';
import { ToolchainMissing } from './require.ts';
import { run } from './run.ts';
import { VERSIONS } from './versions.ts';

let found: Promise<string> | null = null;

/**
 * The Python of a virtual environment with eKuiper's Python SDK, made when it is not there yet.
 * Throws ToolchainMissing when this machine has no Python or cannot install packages.
 */
export function sdkPython(): Promise<string> {
  found ??= findOrMake();
  return found;
}

/** A Python of this machine itself, such as people have before they install anything. */
export async function systemPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const ask = run(name, ['-c', 'import sys, venv, ensurepip; print(sys.executable)']);
    const executable = await ask.catch(() => '');
    if (executable !== '') return executable.trim();
  }
  throw new ToolchainMissing('Python 3 with its venv module');
}

async function findOrMake(): Promise<string> {
  const system = await systemPython();
  const version = await run(system, ['-c', 'import sys; print(sys.version)']);
  const key = createHash('sha256').update(`${version}${VERSIONS.pythonPackages.join()}`);
  const venv = cached(`venv-${key.digest('hex').slice(0, 8)}`);
  const there = existsSync(venv);
  if (there && (await works(venv))) return pythonOf(venv);
  // Only what was seen to be broken: another process may be finishing a good one right now.
  if (there) await rm(venv, { recursive: true, force: true });
  await makeCached(venv, (temporary) => install(system, temporary));
  return pythonOf(venv);
}

async function install(system: string, venv: string): Promise<void> {
  await run(system, ['-m', 'venv', venv]);
  const packages = VERSIONS.pythonPackages;
  // `-m pip`, as pip's own script keeps the temporary path in its first line.
  await run(pythonOf(venv), ['-m', 'pip', 'install', '--quiet', ...packages]).catch(
    (error: Error) => {
      throw new ToolchainMissing(`the Python packages ${packages.join(', ')}: ${error.message}`);
    },
  );
}

function works(venv: string): Promise<boolean> {
  return run(pythonOf(venv), ['-c', 'import ekuiper, pynng']).then(
    () => true,
    () => false,
  );
}

function pythonOf(venv: string): string {
  return process.platform === 'win32'
    ? path.join(venv, 'Scripts', 'python.exe')
    : path.join(venv, 'bin', 'python');
}
