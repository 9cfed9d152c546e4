import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeZip } from '../../fixtures/make-zip.ts';
import { DIES, HANGS, REFUSED, THIRD } from '../versions.ts';
import type { World } from '../world.ts';
import { must, type Need, type Step } from './step.ts';

/** On a host that starts plugins late, only a rule shows that one cannot start. */
export const noticed: Need = async ({ parts: { manners, traffic } }) =>
  manners.has('waits for the plugin') || traffic?.runs
    ? null
    : `${manners.because('waits for the plugin')}, and no rule runs here`;

const dies: Step = {
  name: 'failed upgrade: the new version dies at once',
  needs: [noticed],
  run: async (world) => failing(world, await world.zip(DIES, 'dies'), DIES),
};

const hangs: Step = {
  name: 'failed upgrade: the new version never reports back',
  needs: [noticed],
  run: async (world) => failing(world, await world.zip(HANGS, 'hangs'), HANGS),
};

const refused: Step = {
  name: 'failed upgrade: a package that the host refuses',
  run: async (world) => failing(world, await withoutProgram(world), REFUSED, '--force'),
};

/** The upgrade fails, says so with both versions, and the version before runs again. */
async function failing(world: World, zip: string, bad: string, ...flags: readonly string[]) {
  await world.ground(THIRD);
  const { code, stderr } = await world.run('install', zip, '--yes', ...flags);
  must(code === 3, `exit code ${code}, not 3`);
  const seen = await world.runsAs(THIRD);
  for (const version of [bad, THIRD]) {
    must(stderr.includes(version), `what was printed does not name ${version}`);
  }
  return `exit code 3; ${seen}`;
}

/** Its manifest names a program that is not in the zip: kplugin sends it with --force only, eKuiper refuses it. */
async function withoutProgram(world: World): Promise<string> {
  const { name, parts } = world;
  const manifest = {
    version: REFUSED,
    language: 'go',
    executable: 'missing',
    functions: [`${name}_version`],
  };
  const zip = path.join(parts.folder, `${name}-${REFUSED}.zip`);
  await writeFile(zip, makeZip([{ name: `${name}.json`, text: JSON.stringify(manifest) }]));
  return zip;
}

/** After each of them the version before runs. */
export const FAILURE_STEPS = [dies, hangs, refused];
