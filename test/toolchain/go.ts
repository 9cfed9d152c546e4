import path from 'node:path';
import { cached, makeCached } from './cache.ts';
import { ToolchainMissing } from './require.ts';
import { run } from './run.ts';
import { VERSIONS } from './versions.ts';

/** The name of the go command. Throws ToolchainMissing when it is not there or too old. */
export async function goCommand(): Promise<string> {
  const wanted = VERSIONS.go.join('.');
  const version = await run('go', ['env', 'GOVERSION']).catch(() => '');
  const [, ...numbers] = /^go(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (numbers.length === 0) throw new ToolchainMissing(`Go ${wanted} or newer`);
  if (compare(numbers.map(Number), VERSIONS.go) < 0) {
    throw new ToolchainMissing(`Go ${wanted} or newer, this is ${version.trim()}`);
  }
  return 'go';
}

/**
 * Builds the Go module in `folder` statically for this machine and resolves with the executable,
 * which stays in the cache under `name`. Go's own cache makes the second time quick, so a changed
 * source is never missed. Throws ToolchainMissing without Go.
 */
export async function buildGo(folder: string, name: string): Promise<string> {
  const go = await goCommand();
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const target = cached('go', `${name}${suffix}`);
  await makeCached(target, async (temporary) => {
    await run(go, ['build', '-o', temporary, '.'], {
      cwd: path.resolve(folder),
      env: { CGO_ENABLED: '0' },
    });
  });
  return target;
}

function compare(left: readonly (number | undefined)[], right: readonly number[]): number {
  const differing = right.findIndex((number, place) => (left[place] || 0) !== number);
  return differing === -1 ? 0 : (left[differing] || 0) - (right[differing] ?? 0);
}
