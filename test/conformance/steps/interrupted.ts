import { HANGS, SECOND, THIRD } from '../versions.ts';
import type { World } from '../world.ts';
import { noticed } from './failures.ts';
import { must, type Step } from './step.ts';

/** What kplugin says when the host has begun to put the new version in the place of the old one. */
const REGISTERING = /waiting for /;

const interrupted: Step = {
  name: 'an upgrade stopped by Ctrl-C while the host waits for the new version',
  async run(world) {
    await world.ground(THIRD);
    const { code } = await world.stop(
      'SIGINT',
      REGISTERING,
      'install',
      await hanging(world),
      '--yes',
    );
    must(code === 130, `exit code ${code}, not 130`);
    return `exit code 130; ${await world.runsAs(THIRD)}`;
  },
};

const killed: Step = {
  name: 'kplugin killed in the middle of an upgrade, then run again',
  async run(world) {
    await world.ground(THIRD);
    const { code } = await world.stop(
      'SIGKILL',
      REGISTERING,
      'install',
      await hanging(world),
      '--yes',
    );
    must(code === -1, `it ended with exit code ${code}`);
    await toldByList(world);
    const again = await world.run('install', await world.zip(SECOND), '--yes');
    must(again.code === 0, `the second run: exit code ${again.code}`);
    return `killed; list says so; after the second run ${await world.runsAs(SECOND)}`;
  },
};

const killedTwice: Step = {
  name: 'kplugin killed in the middle of a bad upgrade, then the same run again',
  needs: [noticed],
  async run(world) {
    await world.ground(THIRD);
    await world.stop('SIGKILL', REGISTERING, 'install', await hanging(world), '--yes');
    const { code } = await world.run('install', await hanging(world), '--yes');
    must(code === 3, `the second run: exit code ${code}, not 3`);
    return `killed; after the second run, which failed, ${await world.runsAs(THIRD)}`;
  },
};

/** Whoever looks after that need not guess where the plugin is. */
async function toldByList(world: World): Promise<void> {
  const { stdout } = await world.run('list');
  const line = stdout.split('\n').find((one) => /^(gone|interrupted) /.test(one)) ?? '';
  for (const word of [world.name, THIRD, HANGS]) {
    must(line.includes(word), `list does not say that kplugin was interrupted: no word of ${word}`);
  }
}

function hanging(world: World): Promise<string> {
  return world.zip(HANGS, 'hangs');
}

/** After each of them the version before runs, or the one that was asked for. */
export const INTERRUPTED_STEPS = [interrupted, killed, killedTwice];
