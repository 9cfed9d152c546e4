import { FIRST, SECOND } from '../versions.ts';
import { must, type Step } from './step.ts';

const collision: Step = {
  name: 'another plugin with the same function is stopped before anything is sent',
  async run(world) {
    await world.ground(SECOND);
    const name = `${world.name}b`;
    const functionName = `${world.name}_version`;
    const { code, stderr } = await world.run(
      'install',
      await world.zip(FIRST, 'lives', { name, functionName }),
      '--yes',
    );
    must(code !== 0, 'it was installed');
    must(stderr.includes(functionName), `what was printed does not name ${functionName}`);
    const other = await world.state(name);
    must(other.version === null && other.uploads.length === 0, 'something of it is on the host');
    return `exit code ${code}, nothing of it there; ${await world.runsAs(SECOND)}`;
  },
};

/** Beside the plugin. */
export const OTHER_STEPS = [collision];
