import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import {
  findProgram,
  findPython,
  type OwnPython,
  ownPython,
  pathPython,
} from '../../cli/find-python.ts';
import { has } from '../../model/behaviours.ts';
import { atLeastVersion, type Target } from '../../model/target.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import type { OwnEnvironment, PythonHere } from './machine.ts';

/** Bytes. The file has a few lines; an untrusted one may have any size. */
const LIMIT = 16 * 1024;

/** The directory that doctor examines, as it was typed. */
export interface Place {
  /** The directory of the plugin, or where one might be. */
  readonly label: string;
  /** `--python` */
  readonly python: string | undefined;
}

/**
 * Finds the Python that plugins of this directory get. One inside the directory is started only when `--python` names
 * it: KPLUGIN_PYTHON may be set for all directories, including untrusted ones.
 */
export async function pythonHere(
  { label, python }: Place,
  folders: readonly string[],
  isForeign: (file: string) => boolean,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Promise<PythonHere> {
  if (python !== undefined) return { program: await named(python, cwd, folders), own: null };
  const project = path.resolve(cwd, label);
  const usual = env['KPLUGIN_PYTHON'] ?? '';
  if (path.isAbsolute(usual) && !isForeign(usual)) return { program: usual, own: null };
  const own = await ownPython(project);
  if (own !== null) {
    return { program: null, own: await readOwnEnvironment(own, path.relative(cwd, own.program)) };
  }
  const found = await findPython(env);
  const isActive = found !== null && found.from !== 'PATH' && !isForeign(found.program);
  return { program: isActive ? found.program : await pathPython(folders), own: null };
}

function named(
  python: string,
  cwd: string,
  folders: readonly string[],
): Promise<string | null> | string {
  if (/[/\\]/.test(python)) return path.resolve(cwd, python);
  return findProgram([python], folders);
}

/**
 * Reads a virtual environment from its files: `pyvenv.cfg` (PEP 405) and the `*.dist-info` directories of its
 * `site-packages`. Runs nothing of it. `shown`: its interpreter as typed in the shell.
 */
export async function readOwnEnvironment(
  { folder }: Pick<OwnPython, 'folder'>,
  shown: string,
): Promise<OwnEnvironment> {
  const settings = await settingsOf(path.join(folder, 'pyvenv.cfg'));
  const packages = await installedIn(folder);
  return {
    program: shown,
    version:
      /^\d+\.\d+(\.\d+)?/.exec(
        settings.get('version') ?? settings.get('version_info') ?? '',
      )?.[0] ?? null,
    sdk: packages.get('ekuiper') ?? null,
    pynng: packages.get('pynng') ?? null,
    isShared: settings.get('include-system-site-packages')?.toLowerCase() === 'true',
  };
}

async function settingsOf(file: string): Promise<ReadonlyMap<string, string>> {
  const text = (await readRegularFile(file, LIMIT).catch(() => '')).toString();
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [name = '', ...value] = line.split('=');
      return value.length === 0 ? [] : [[name.trim().toLowerCase(), value.join('=').trim()]];
    }),
  );
}

async function installedIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const releases = new Map<string, string>();
  for (const place of await sitePackages(folder)) {
    for (const name of await readdir(place).catch(() => [])) {
      const [, project, release] = /^(ekuiper|pynng)-([\w.+!]+)\.dist-info$/i.exec(name) ?? [];
      if (project && release) releases.set(project.toLowerCase(), release);
    }
  }
  return releases;
}

async function sitePackages(folder: string): Promise<readonly string[]> {
  const versions = await readdir(path.join(folder, 'lib')).catch(() => []);
  const unix = versions
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => path.join(folder, 'lib', name, 'site-packages'));
  return [...unix, path.join(folder, 'Lib', 'site-packages')];
}

/**
 * Returns the release of pynng to which a release of the Python SDK is pinned; null when it is pinned to none. Source:
 * docs/ekuiper.md#python-on-the-host.
 */
export function pynngFor(sdk: string): string | null {
  if (!atLeastVersion(sdk, '1.13.0')) return null;
  // 2.1.0 pins the old one, 2.1.5 and everything from 2.2.0 on the new one.
  return atLeastVersion(sdk, '2.1.5') ? '0.8.1' : '0.7.2';
}

/** The problem of an SDK release on an eKuiper, or null. Source: docs/ekuiper.md#python-sdk-and-host. */
export function sdkTrouble(sdk: string, target: Target): string | null {
  if (!atLeastVersion(sdk, '2.4.0')) {
    return 'functions built with an SDK before 2.4 stop answering after some idle time (#3965, #3967)';
  }
  if (!has(target, 'passes-over-late-handshakes')) {
    return `its keep-alive, sent after 5 idle seconds, makes eKuiper ${target} fail with "receive error: handshake"`;
  }
  return null;
}

/** The requirement on `ekuiper` for a target. */
export function sdkFor(target: Target): string {
  return !has(target, 'passes-over-late-handshakes') ? 'ekuiper<2.4' : 'ekuiper==2.4.2';
}
