import { SECOND } from '../versions.ts';
import type { World } from '../world.ts';
import { aRunningRule, must, type Need, type Step } from './step.ts';

const refused: Step = {
  name: 'remove stops where a rule uses the plugin',
  needs: [aRunningRule],
  async run(world) {
    await world.ground(SECOND);
    const { traffic } = world.parts;
    const { code, stderr } = await world.run('remove', world.name, '--yes');
    must(code !== 0, 'it was removed');
    must(stderr.includes(traffic?.worker ?? ''), `the rule ${traffic?.worker} is not named`);
    return `exit code ${code}; ${await world.runsAs(SECOND)}`;
  },
};

const deletesRules: Need = async ({ parts: { manners } }) => {
  const hang = 'deleting a rule of a missing plugin hangs';
  return manners.has(hang) ? manners.because(hang) : null;
};

const forced: Step = {
  name: 'remove --force in spite of a rule; an install restarts the rule',
  needs: [aRunningRule, deletesRules],
  async run(world) {
    await world.ground(SECOND);
    const { code } = await world.run('remove', world.name, '--force', '--yes');
    must(code === 0, `exit code ${code}`);
    await gone(world);
    const again = await world.run('install', await world.zip(SECOND), '--yes');
    must(again.code === 0, `installing it again: exit code ${again.code}`);
    return `gone; then ${await world.runsAs(SECOND)}`;
  },
};

const remove: Step = {
  name: 'remove',
  async run(world) {
    await world.ground(SECOND);
    await world.parts.traffic?.stop();
    const { code } = await world.run('remove', world.name, '--yes');
    must(code === 0, `exit code ${code}`);
    return gone(world);
  },
};

/** Existence is what `GET /plugins/portables/<name>` says, never `/status` (docs/ekuiper.md#status). */
async function gone(world: World): Promise<string> {
  const { version } = await world.state();
  must(version === null, `the host still has ${version}`);
  return 'not registered any more';
}

/** The end of the plugin. */
export const REMOVAL_STEPS = [refused, forced, remove];
