import { readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { AN_EKUIPER, listenerOf } from '../../emulator/runtime/run/symbol-sockets.ts';
import { isRunning } from '../../package/files/is-running.ts';

/** The end of the name under which a socket waits; a process id follows. */
const ASIDE = '.kplugin-test-';

/**
 * Moves sockets aside on which an eKuiper of this machine listens without a plugin: it goes on listening after it has
 * removed a plugin (docs/wire.md#sockets), and plugins of that name dial this path. Resolves to a function that puts
 * them back, for eKuiper's next installation of the plugin. Leaves a socket to which something is connected, one of
 * another program and one that this user may not move. `folder`: where the sockets are.
 */
export async function moveIdleSockets(
  folder: string,
  names: readonly string[],
): Promise<() => Promise<void>> {
  await putBackLeft(folder, names);
  const moved: string[] = [];
  for (const name of names) {
    const from = path.join(folder, name);
    const listener = await listenerOf(from);
    if (listener?.name !== AN_EKUIPER || listener.isUsed) continue;
    // In /tmp only the owner may; then the host reports what listens there.
    const isMoved = await isDone(rename(from, `${from}${ASIDE}${process.pid}`));
    if (isMoved) moved.push(from);
  }
  return async () => {
    for (const from of moved) await isDone(rename(`${from}${ASIDE}${process.pid}`, from));
  };
}

/** Puts back what a run that was killed has left aside. */
async function putBackLeft(folder: string, names: readonly string[]): Promise<void> {
  for (const file of await readdir(folder)) {
    const at = file.lastIndexOf(ASIDE);
    const name = file.slice(0, at);
    if (at < 0 || !names.includes(name) || (await isRunning(Number(file.slice(at + ASIDE.length)))))
      continue;
    const place = path.join(folder, name);
    if (!(await isDone(stat(place)))) await isDone(rename(path.join(folder, file), place));
  }
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
