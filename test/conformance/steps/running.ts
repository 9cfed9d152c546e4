import { SECOND, THIRD } from '../versions.ts';
import { aRunningRule, must, rules, type Step } from './step.ts';

const start: Step = {
  name: 'a rule with its source, function and sink',
  needs: [rules],
  async run(world) {
    await world.ground(SECOND);
    await world.parts.traffic?.start();
    return world.runsAs(SECOND);
  },
};

const upgrade: Step = {
  name: 'upgrade while a rule runs',
  needs: [aRunningRule],
  async run(world) {
    await world.ground(SECOND);
    const { code } = await world.run('install', await world.zip(THIRD), '--yes');
    must(code === 0, `exit code ${code}`);
    return `${await world.runsAs(THIRD)}; the rule was not touched`;
  },
};

/** What only a host with rules shows. */
export const RUNNING_STEPS = [start, upgrade];
