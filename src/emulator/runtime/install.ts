import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginInfo } from '../../model/plugin-info.ts';
import { fetchPackage, isPackageUri } from './download.ts';
import { pathError } from './go-words.ts';
import { isInside } from './home.ts';
import { withAbsoluteExecutable } from './installed.ts';
import { HostRefusal } from './refusal.ts';
import type { Registration } from './registration.ts';
import { type Unpacking, unpack } from './unpack/unpack.ts';

export interface Installing extends Unpacking {
  /** Whether a plugin of this name is installed. */
  readonly isTaken: (name: string) => boolean;
  /** Starts it, or does nothing where the first rule would; a HostRefusal undoes the installation. */
  readonly start: (info: PluginInfo) => Promise<void>;
}

/**
 * Downloads, unpacks and starts what a registration names; `name` is trimmed. Resolves with the plugin, its program
 * as an absolute path. Throws HostRefusal in eKuiper's words. Source: portable/manager.go Register.
 */
export async function install(
  name: string,
  registration: Registration,
  installing: Installing,
): Promise<PluginInfo> {
  check(name, registration, installing);
  const { home, target, signal } = installing;
  const into = join(home.plugins, `${name}.zip`);
  const fetched = await fetchPackage(registration.file, { target, into, signal });
  try {
    return await unpackAndStart(fetched.path, name, registration.shellParas ?? [], installing);
  } catch (error) {
    if (!(error instanceof HostRefusal)) throw error;
    throw new HostRefusal(`fail to install plugin: ${error.message}`, { cause: error });
  } finally {
    await fetched.release();
  }
}

function check(name: string, { file }: Registration, { home, isTaken }: Installing): void {
  if (name === '') throw new HostRefusal('invalid name : should not be empty');
  if (!isPackageUri(file)) throw new HostRefusal(`invalid uri ${file}`);
  if (isTaken(name)) throw new HostRefusal(`invalid name ${name}: duplicate`);
  if (/[/\\\0]/.test(name) || !isInside(home.plugins, join(home.plugins, name))) {
    throw new HostRefusal(`invalid name ${name}: kplugin serve refuses to leave its home for it`);
  }
}

async function unpackAndStart(
  zipPath: string,
  name: string,
  shellParas: readonly string[],
  installing: Installing,
): Promise<PluginInfo> {
  const unpacked = await unpack(zipPath, name, shellParas, installing);
  const info = withAbsoluteExecutable(unpacked.info, installing.home);
  try {
    await requireExecutable(info.executable);
    await installing.start(info);
  } catch (error) {
    await unpacked.undo();
    throw error;
  }
  return info;
}

/** Missing only when the manifest names a file below `sources/`, `sinks/` or `functions/`. */
async function requireExecutable(executable: string): Promise<void> {
  await stat(executable).catch((error: unknown) => {
    const words = pathError('stat', executable, error);
    throw new HostRefusal(
      `cannot find executable \`${executable}\` when loading portable plugins: ${words}`,
    );
  });
}
