import { SECOND, THIRD } from '../versions.ts';
import type { World } from '../world.ts';
import { aWayToCrash, command, must, type Step } from './step.ts';

const history: Step = {
  name: 'history names what was put there',
  needs: [command('history')],
  async run(world) {
    await world.ground(THIRD);
    const { stdout, code } = await world.run('history', world.name);
    must(code === 0, `exit code ${code}`);
    for (const version of [SECOND, THIRD]) must(stdout.includes(version), `no word of ${version}`);
    return `names ${SECOND} and ${THIRD}`;
  },
};

const rollback: Step = {
  name: 'rollback to the version before',
  needs: [command('rollback')],
  async run(world) {
    await world.ground(SECOND);
    await world.ground(THIRD);
    const { code } = await world.run('rollback', world.name, '--yes');
    must(code === 0, `exit code ${code}`);
    return world.runsAs(SECOND);
  },
};

const shown: Step = {
  name: 'a plugin that died is shown as dead',
  needs: [aWayToCrash],
  async run(world) {
    await world.ground(SECOND);
    await crash(world);
    const told = world.parts.manners.has('tells status');
    const { status } = await world.state();
    if (!told) return 'died; this host does not tell the state of a plugin';
    must(status?.startsWith('error') === true, `the host says ${status}`);
    const { stdout } = await world.run('list');
    const line = stdout.split('\n').find((one) => one.includes(world.name)) ?? '';
    must(!/running/.test(line), `list says: ${line}`);
    return `the host says ${status}; list: ${line.trim()}`;
  },
};

const restart: Step = {
  name: 'restart of a plugin that died',
  needs: [aWayToCrash, command('restart')],
  async run(world) {
    await world.ground(SECOND);
    await crash(world);
    const { code } = await world.run('restart', world.name, '--yes');
    must(code === 0, `exit code ${code}`);
    return world.runsAs(SECOND);
  },
};

/** Ends the plugin's process from within, as a crash does (docs/ekuiper.md#dead-plugins). */
async function crash({ name, parts: { traffic, embedded } }: World): Promise<void> {
  if (traffic) await traffic.crash();
  else await embedded?.symbols(`/functions/${name}_version`, ['kpc crash']);
}

/** The rollbacks. */
export const BACK_STEPS = [history, rollback, shown, restart];
