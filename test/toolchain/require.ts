import { describe, test } from 'vitest';

/** Something outside this project that a test needs is not on this machine. */
export class ToolchainMissing extends Error {
  override name = 'ToolchainMissing';
}

/**
 * Registers the tests of `body` with what `find` found. When `find` throws ToolchainMissing there
 * is one skipped test instead that tells the reason; with CI=true it fails.
 * Call it with `await` at the top of the test file: several tools are `() => Promise.all([…])`.
 */
export async function describeWith<T>(
  title: string,
  find: () => Promise<T>,
  body: (tool: T) => void,
): Promise<void> {
  try {
    const tool = await find();
    describe(title, () => body(tool));
  } catch (error) {
    if (!(error instanceof ToolchainMissing)) throw error;
    leaveOut(title, error.message);
  }
}

/** `describe`, except on Windows, where eKuiper does not run and plugins have no Unix sockets. */
export function describeOnUnix(title: string, body: () => void): void {
  if (isWindows()) sayLeftOut(title, NO_UNIX_SOCKETS);
  describe.skipIf(isWindows())(title, body);
}

/** `describe`, on Linux alone. */
export function describeOnLinux(title: string, body: () => void): void {
  const isLinux = process.platform === 'linux';
  if (!isLinux) sayLeftOut(title, 'only Linux shows it');
  describe.skipIf(!isLinux)(title, body);
}

/** `describeWith`, except on Windows, where nothing is looked for. */
export async function describeOnUnixWith<T>(
  title: string,
  find: () => Promise<T>,
  body: (tool: T) => void,
): Promise<void> {
  if (!isWindows()) return describeWith(title, find, body);
  sayLeftOut(title, NO_UNIX_SOCKETS);
  test.skipIf(true)(`${title} (${NO_UNIX_SOCKETS})`, () => undefined);
}

const NO_UNIX_SOCKETS = 'plugins talk over Unix sockets';

const isWindows = () => process.platform === 'win32';

function leaveOut(title: string, reason: string): void {
  sayLeftOut(title, reason);
  test.skipIf(process.env['CI'] !== 'true')(`${title} (needs: ${reason.split('\n')[0]})`, () => {
    throw new ToolchainMissing(reason);
  });
}

function sayLeftOut(title: string, reason: string): void {
  process.stderr.write(`left out: ${title}: ${reason}\n`);
}
