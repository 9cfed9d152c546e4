import { endianness } from 'node:os';
import { has } from '../../../model/behaviours.ts';
import { nullUnlessLimit } from '../../../model/machine-limit.ts';
import type { PluginInfo } from '../../../model/plugin/plugin-info.ts';
import type { Target } from '../../../model/target.ts';
import { openRegularFile } from '../../../package/files/regular-file.ts';

/** Node's names for this machine: `process.platform`, `process.arch`. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

/** The only argument that eKuiper passes to a plugin, whatever its configuration is. */
const ARGUMENT = '{"sendTimeout":1000}';

/**
 * Returns program and arguments of a plugin; `info.executable` is absolute. Source: docs/wire.md#start-of-the-process.
 */
export function commandOf(
  info: Pick<PluginInfo, 'language' | 'executable' | 'virtualEnvType' | 'env'>,
  python: string,
  target: Target,
): readonly [string, ...string[]] {
  const { executable } = info;
  if (info.language === 'go') return [executable, ARGUMENT];
  if (info.virtualEnvType !== null) {
    return ['conda', 'run', '-n', info.env ?? '', python, executable, ARGUMENT];
  }
  const flags = has(target, 'starts-python-unbuffered') ? ['-u'] : [];
  return [python, ...flags, executable, ARGUMENT];
}

const ELF = 0x7f454c46;
const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183, arm: 40, ia32: 3 };

/**
 * Whether the kernel refuses the file (`exec format error`). Checked before the start because Node, unlike Go, passes
 * such a file to /bin/sh.
 */
export async function isForeignFormat(path: string, machine: Machine): Promise<boolean> {
  const handle = await openRegularFile(path).catch(nullUnlessLimit);
  // The start itself reports a file that cannot be read.
  if (handle === null) return false;
  const { buffer, bytesRead } = await handle
    .read(Buffer.alloc(20), 0, 20, 0)
    .finally(() => handle.close());
  if (buffer.toString('latin1', 0, 2) === '#!') return false;
  if (bytesRead < 20) return true;
  if (buffer.readUInt32BE(0) === ELF) return isForeignMachine(buffer, machine.architecture);
  return machine.platform === 'linux';
}

function isForeignMachine(header: Buffer, architecture: string): boolean {
  const wanted = MACHINES[architecture];
  const machine = header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return wanted !== undefined && endianness() === 'LE' && machine !== wanted;
}
