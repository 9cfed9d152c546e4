import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../bin/run.ts';
import { cached, makeCached } from './cache.ts';
import { ToolchainMissing } from './require.ts';
import { run } from './run.ts';

/** An hour: nobody uses the modules of an older build any more. In milliseconds. */
const OLD = 3_600_000;

let found: Promise<NpmSdk> | null = null;

/** What a TypeScript project needs to be built, of this very checkout. */
export interface NpmSdk {
  /** kplugin as `npm pack` makes it. */
  readonly tarball: string;
  /** A `node_modules` with all that the template names. */
  readonly modules: string;
}

/**
 * Packs kplugin and installs it with the other packages of the TypeScript template, once for each build of kplugin.
 * Throws ToolchainMissing where npm cannot do that.
 */
export function npmSdk(): Promise<NpmSdk> {
  found ??= findOrMake();
  return found;
}

/** Lets a project use the installed packages as if `npm install` had been run in it. */
export async function useNpmSdk(project: string): Promise<void> {
  const { modules } = await npmSdk();
  await symlink(modules, path.join(project, 'node_modules'), 'junction');
}

/** `npm install` in a project, from npm's cache as far as it goes. Throws ToolchainMissing with its words. */
export async function npmInstall(project: string): Promise<void> {
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['install', ...quiet], project).catch((error: Error) => {
    throw new ToolchainMissing(`npm and its packages: ${error.message}`);
  });
}

/** Runs npm in a folder; resolves with its stdout, throws with all that it printed. */
export function npm(args: readonly string[], cwd: string): Promise<string> {
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd });
}

async function findOrMake(): Promise<NpmSdk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kplugin-npm-'));
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<NpmSdk> {
  // Without scripts: what was built before the tests is what is tested.
  const packed = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const name = (await npm(packed, ROOT)).trim();
  const template = await readFile(path.join(ROOT, 'templates/typescript/package.json'), 'utf8');
  const key = createHash('sha256')
    .update(await readFile(path.join(folder, name)))
    .update(template);
  const target = cached('npm', key.digest('hex').slice(0, 12));
  const sdk = { tarball: path.join(target, name), modules: path.join(target, 'node_modules') };
  if (existsSync(sdk.modules)) return sdk;
  await makeCached(target, async (temporary) => {
    await mkdir(temporary, { recursive: true });
    await cp(path.join(folder, name), path.join(temporary, name));
    const { devDependencies } = JSON.parse(template.replace('{{ sdk }}', `file:./${name}`));
    const wanted = JSON.stringify({ private: true, devDependencies });
    await writeFile(path.join(temporary, 'package.json'), wanted);
    await npmInstall(temporary);
  });
  await removeOld(path.dirname(target));
  return sdk;
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const place = path.join(folder, name);
    const age = Date.now() - (await stat(place)).mtimeMs;
    if (age > OLD) await rm(place, { recursive: true, force: true });
  }
}
