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
  const windows = process.platform === 'win32';
  if (windows) process.stderr.write(`left out: ${title}: plugins talk over Unix sockets\n`);
  describe.skipIf(windows)(title, body);
}

function leaveOut(title: string, reason: string): void {
  process.stderr.write(`left out: ${title}: ${reason}\n`);
  test.skipIf(process.env['CI'] !== 'true')(`${title} (needs: ${reason})`, () => {
    throw new ToolchainMissing(reason);
  });
}
