import { readRegularFile } from './regular-file.ts';

/** Characters up to the state in `/proc/<pid>/stat`, behind a name of up to 64; more than the whole line is not read. */
const MOST_OF_STAT = 4096;

/**
 * Whether a process of this machine runs, whoever it belongs to. Linux also answers for one that has ended and that its
 * parent has not asked about yet (state Z, usual in containers without an init): it does not run any more.
 */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    const isOfAnother = thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
    if (!isOfAnother) return false;
  }
  const stat = await readRegularFile(`/proc/${pid}/stat`, MOST_OF_STAT).then(String, () => '');
  // proc_pid_stat(5): the name in brackets may have any characters.
  return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}
