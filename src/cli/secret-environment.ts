import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { plainEnvironment } from '../model/child-process.ts';

/** Variables that may hold a secret; the URL of a proxy may contain a password. */
export const SECRETS = ['KPLUGIN_TOKEN', 'KPLUGIN_PROXY'] as const;

/** Variables to which Node and its libraries may keep a pointer. */
const OF_THE_RUNTIME = /^(?:NODE|SSL|UV|OPENSSL|LD|MALLOC|GLIBC)_/;

/** The index of env_start in /proc/self/stat: field 50 of proc_pid_stat(5); the parsed list starts at field 3. */
const ENV_START = 50 - 3;

type Env = Record<string, string | undefined>;

/**
 * The environment for commands. A secret can be read by its name, but is not enumerable, so that a copy of the
 * environment has none. Deletes the secrets from `env` itself, so that child processes (interpreters, builds, hooks,
 * plugins) do not inherit them.
 */
export function hideSecrets(env: Env): Readonly<Env> {
  const apart = new Map<PropertyKey, string>();
  for (const name of SECRETS) {
    const value = env[name];
    if (value === undefined) continue;
    apart.set(name, value);
    delete env[name];
  }
  // Not a copy: on Windows the names of the real environment are case-insensitive.
  return new Proxy(env, {
    get: (target, name) => apart.get(name) ?? Reflect.get(target, name),
  });
}

/** The values of the secrets, which must be masked in reports. */
export function secretValues(env: Readonly<Env>): readonly string[] {
  return SECRETS.map((name) => env[name] ?? '').filter((value) => value !== '');
}

/**
 * Variables that may be secrets of other programs, such as AWS_SECRET_ACCESS_KEY: all except those that every child
 * process gets and those of the runtime.
 */
export function otherSecretNames(env: Readonly<Env>): readonly string[] {
  const plain = plainEnvironment(env);
  return Object.keys(env).filter(
    (name) => !Object.hasOwn(plain, name) && !OF_THE_RUNTIME.test(name),
  );
}

/**
 * Copies these variables to new memory, so that the initial block can be overwritten while the variables stay set for
 * this process and its children.
 */
export function moveFromInitialEnvironment(env: Env, names: readonly string[]): void {
  for (const name of names) {
    const value = env[name];
    if (value === undefined) continue;
    delete env[name];
    env[name] = value;
  }
}

/**
 * Overwrites the values of these variables in the initial environment block, which every process of the same user can
 * read in `/proc/<pid>/environ`: deleting a variable from `process.env` does not change that block. The variables must
 * have been deleted or moved before, so that nothing still points into the block. Returns false where this is
 * impossible: not on Linux, or forbidden by a sandbox.
 */
export function wipeInitialEnvironment(
  names: readonly string[],
  platform: NodeJS.Platform = process.platform,
): boolean {
  // A worker has only a copy of the environment; this would overwrite that of the whole process.
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

/** Parses env_start. The program's name is in parentheses and may contain any character. */
function startOfEnvironment(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = Number(fields[ENV_START]);
  if (!Number.isSafeInteger(start) || start <= 0) throw new Error('the kernel does not say where');
  return start;
}

/** The values of the variables with their offsets in the block of `NAME=value` entries, each ended by NUL. */
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

/** Overwrites the bytes, after checking that the memory holds the expected value. */
function wipe(memory: number, address: number, bytes: Buffer): void {
  const there = Buffer.alloc(bytes.length);
  readSync(memory, there, 0, there.length, address);
  if (!there.equals(bytes)) throw new Error('the environment lies elsewhere');
  writeSync(memory, Buffer.alloc(bytes.length, '*'), 0, bytes.length, address);
}

function isWiped(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === '*'.charCodeAt(0));
}
