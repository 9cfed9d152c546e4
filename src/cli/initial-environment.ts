import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Where the kernel says that the environment begins: field 50 of proc_pid_stat(5); the list starts at field 3. */
const ENV_START = 50 - 3;

/**
 * Overwrites the values of these variables where every program of the same user can read them for as long as this
 * process runs: `/proc/<pid>/environ` shows the memory that the kernel filled at the start, which taking a variable out
 * of `process.env` leaves as it was. The variables must have been taken out before: nothing may point there any more.
 * Whether that was done: only Linux has it, and a sandbox may forbid it.
 */
export function wipeInitialEnvironment(
  names: readonly string[],
  platform: NodeJS.Platform = process.platform,
): boolean {
  // What a worker calls its environment is a copy: here the process itself would lose its own.
  if (platform !== 'linux' || !isMainThread) return false;
  try {
    const wiped = new Set(names);
    const block = readFileSync('/proc/self/environ');
    const start = startOfEnvironment(readFileSync('/proc/self/stat', 'latin1'));
    const memory = openSync('/proc/self/mem', 'r+');
    try {
      for (const [offset, bytes] of valuesOf(block, wiped)) {
        wipe(memory, start + offset, bytes);
      }
    } finally {
      closeSync(memory);
    }
    return valuesOf(readFileSync('/proc/self/environ'), wiped).every(([, bytes]) => isWiped(bytes));
  } catch {
    return false;
  }
}

/**
 * Gives these variables a place of their own in memory, so that the initial one can be wiped and they stay what they
 * are, for this process and for programs that it starts.
 */
export function moveFromInitialEnvironment(
  env: Record<string, string | undefined>,
  names: readonly string[],
): void {
  for (const name of names) {
    const value = env[name];
    if (value === undefined) continue;
    delete env[name];
    env[name] = value;
  }
}

/** The program's name stands in parentheses and may hold anything. */
function startOfEnvironment(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = Number(fields[ENV_START]);
  if (!Number.isSafeInteger(start) || start <= 0) throw new Error('the kernel does not say where');
  return start;
}

/** The values of the variables with their offsets in the block, which holds `NAME=value` with a NUL after each. */
function valuesOf(block: Buffer, names: ReadonlySet<string>): [number, Buffer][] {
  const found: [number, Buffer][] = [];
  for (let at = 0; at < block.length; ) {
    const nul = block.indexOf(0, at);
    const end = nul < 0 ? block.length : nul;
    const equals = block.subarray(at, end).indexOf('=');
    if (equals > 0 && names.has(block.toString('utf8', at, at + equals))) {
      const from = at + equals + 1;
      found.push([from, block.subarray(from, end)]);
    }
    at = end + 1;
  }
  return found;
}

/** Only where the memory holds what is expected there. */
function wipe(memory: number, address: number, bytes: Buffer): void {
  const there = Buffer.alloc(bytes.length);
  readSync(memory, there, 0, there.length, address);
  if (!there.equals(bytes)) throw new Error('the environment lies elsewhere');
  writeSync(memory, Buffer.alloc(bytes.length, '*'), 0, bytes.length, address);
}

function isWiped(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === '*'.charCodeAt(0));
}
