import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ToolchainMissing } from './require.ts';

const SHARED =
  process.env['KPLUGIN_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/**
 * The path of a folder of `../shared` (or of where KPLUGIN_SHARED says), such as `conformance`.
 * Throws ToolchainMissing when it is not there: `describeWith` leaves the tests out or fails.
 */
export async function sharedFolder(name: string): Promise<string> {
  const folder = path.join(SHARED, name);
  if (existsSync(folder)) return folder;
  throw new ToolchainMissing(`../shared/${name} beside the project (or KPLUGIN_SHARED)`);
}
