import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { goCommand } from './go.ts';
import { run } from './run.ts';

export const GO_SDK_MODULE = 'github.com/lf-edge/ekuiper/sdk/go';

const STAND_IN = fileURLToPath(new URL('../fixtures/go-sdk', import.meta.url));

/**
 * The folder of eKuiper's Go SDK: the real one where KPLUGIN_TEST_GO_SDK names it, otherwise the
 * stand-in of test/fixtures/go-sdk.
 */
export function goSdk(): string {
  const real = process.env['KPLUGIN_TEST_GO_SDK'];
  if (real === undefined || real === '') return STAND_IN;
  if (!existsSync(path.join(real, 'go.mod'))) {
    throw new Error(`KPLUGIN_TEST_GO_SDK: there is no go.mod in ${real}`);
  }
  return path.resolve(real);
}

/**
 * Makes the Go project in `folder` use that SDK: adds the `replace` line to its go.mod and lets Go
 * complete go.mod and go.sum. Throws ToolchainMissing without Go.
 */
export async function useGoSdk(folder: string): Promise<void> {
  const go = await goCommand();
  await run(go, ['mod', 'edit', `-replace=${GO_SDK_MODULE}=${goSdk()}`], { cwd: folder });
  await run(go, ['mod', 'tidy'], { cwd: folder });
}
