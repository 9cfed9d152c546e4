import path from 'node:path';
import { kplugin } from '../../bin/run.ts';

/** The seven mixes of kinds that a plugin can have, as flags, each with a name for the test. */
export const MIXES: readonly { readonly title: string; readonly flags: readonly string[] }[] = [
  ['source'],
  ['sink'],
  ['function'],
  ['source', 'sink'],
  ['source', 'function'],
  ['sink', 'function'],
  ['source', 'sink', 'function'],
].map((kinds) => ({
  title: kinds.join(' + '),
  flags: kinds.flatMap((kind) => [`--${kind}`, `kpm_${kind}`]),
}));

/** Makes a project with the real bin in a new folder below `base` and resolves with it; throws with its words. */
export async function initProject(
  base: string,
  name: string,
  flags: readonly string[],
): Promise<string> {
  const folder = path.join(base, name);
  const run = await kplugin(['init', folder, ...flags, '--quiet']);
  if (run.code !== 0) throw new Error(`init ended with ${run.code}: ${run.stderr}`);
  return folder;
}
