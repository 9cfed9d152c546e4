import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { SYSTEM_ENVIRONMENT } from '../../model/child-environment.ts';
import { started } from '../../model/started.ts';
import type { Draft } from './draft.ts';
import { namedDraft } from './named-draft.ts';

/** Linux's O_TMPFILE; the rest of its value is that of O_DIRECTORY, which differs by architecture. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;

/**
 * A draft without a name (Linux): the kernel drops it with the process, so that not even SIGKILL or a crash
 * leaves anything behind. It gets its name from `ln`, because Node has no linkat(2).
 * Resolves to null where the system or the file system cannot do that.
 */
export async function anonymousDraft(target: string): Promise<Draft | null> {
  if (platform() !== 'linux' || !(await canName())) return null;
  const handle = await openUnnamed(dirname(target));
  return (
    handle && {
      handle,
      async publish() {
        await handle.sync();
        if (!(await link(handle.fd, target))) await copy(handle, target);
        await handle.close();
      },
      discard: () => handle.close().catch(() => {}),
    }
  );
}

async function openUnnamed(directory: string): Promise<FileHandle | null> {
  try {
    return await open(directory, O_TMPFILE | constants.O_RDWR, 0o666);
  } catch {
    return null;
  }
}

let named: Promise<boolean> | null = null;

/** Whether `ln` is the one that can follow a link to a nameless file: busybox's cannot. */
function canName(): Promise<boolean> {
  named ??= run(['--version']).then(({ output }) => output.includes('GNU coreutils'));
  return named;
}

/** With -f an existing file is replaced in one step. */
async function link(fd: number, target: string): Promise<boolean> {
  const { code } = await run(['-L', '-f', '-T', '--', '/proc/self/fd/3', target], fd);
  return code === 0;
}

/** Where the link is refused (no /proc, a strict sandbox) the content goes to a draft with a name. */
async function copy(from: FileHandle, target: string): Promise<void> {
  const draft = await namedDraft(target);
  try {
    const content = from.createReadStream({ start: 0, autoClose: false });
    for await (const piece of content) await draft.handle.writeFile(piece);
    await draft.publish();
  } finally {
    await draft.discard();
  }
}

async function run(
  args: readonly string[],
  fd?: number,
): Promise<{ code: number; output: string }> {
  const child = await started(() =>
    spawn('ln', args, {
      stdio: ['ignore', 'pipe', 'pipe', fd ?? 'ignore'],
      env: SYSTEM_ENVIRONMENT,
    }),
  ).catch(() => null);
  if (child === null) return { code: -1, output: '' };
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    // A broken pipe ends the output; the end of the process says what happened.
    stream?.on('error', () => undefined);
  }
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}
