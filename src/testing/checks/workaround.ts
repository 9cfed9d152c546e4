import { nullUnlessLimit } from '../../model/machine-limit.ts';
import type { PluginInfo } from '../../model/plugin/plugin-info.ts';
import { PYTHON_UPDATE_WORKAROUND } from '../../model/update-workaround.ts';
import { openRegularFile } from '../../package/files/regular-file.ts';

/**
 * How a plugin is made, as far as it decides how its functions survive an update
 * (docs/ekuiper.md#functions-after-an-update).
 */
export type Making = 'go-sdk' | 'python' | 'script' | 'program';

const GO_SDK = Buffer.from('github.com/lf-edge/ekuiper/sdk/go');
const CHUNK = 1024 * 1024;

/** Reads the manifest and the program. `executable` is absolute. */
export async function makingOf({ language, executable }: PluginInfo): Promise<Making> {
  if (language === 'python') return 'python';
  const handle = await openRegularFile(executable).catch(nullUnlessLimit);
  if (handle === null) return 'program';
  try {
    let tail: Buffer = Buffer.alloc(0);
    for (let at = 0; ; at += CHUNK) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
      const piece = buffer.subarray(0, bytesRead);
      if (at === 0 && piece.toString('latin1', 0, 2) === '#!') return 'script';
      if (Buffer.concat([tail, piece]).includes(GO_SDK)) return 'go-sdk';
      if (bytesRead < CHUNK) return 'program';
      tail = piece.subarray(piece.length - GO_SDK.length);
    }
  } finally {
    await handle.close();
  }
}

/** The workaround for each. */
export const WORKAROUNDS: Record<Making, string> = {
  'go-sdk':
    'update it before rules have used its functions, or restart eKuiper afterwards: the Go SDK leaves no place for a workaround',
  python: PYTHON_UPDATE_WORKAROUND,
  script:
    'build it with the kplugin/sdk of this kplugin, which dials the sockets of its functions when it starts',
  program:
    'dial /tmp/func_<function>.ipc of each function when the program starts and say "handshake", one connection for each',
};
