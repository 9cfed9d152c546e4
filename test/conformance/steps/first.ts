import { FIRST, SECOND } from '../versions.ts';
import { command, must, type Step } from './step.ts';

const doctor: Step = {
  name: 'doctor finds nothing wrong with the host',
  needs: [command('doctor')],
  async run(world) {
    const { code } = await world.run('doctor');
    must(code === 0 || code === 1, `exit code ${code}`);
    return `exit code ${code}${code === 1 ? ': it has something to say' : ''}`;
  },
};

const dryRun: Step = {
  name: 'install --dry-run changes nothing',
  async run(world) {
    const { code } = await world.run('install', await world.zip(FIRST), '--dry-run');
    must(code === 0, `exit code ${code}`);
    const { version, uploads } = await world.state();
    must(version === null, `the host has ${version}`);
    must(uploads.length === 0, `the host has ${uploads.join(', ')}`);
    return 'no plugin, no upload';
  },
};

const install: Step = {
  name: 'install',
  async run(world) {
    const { code } = await world.run('install', await world.zip(FIRST), '--yes');
    must(code === 0, `exit code ${code}`);
    return world.runsAs(FIRST);
  },
};

const unchanged: Step = {
  name: 'install of what is there changes nothing',
  async run(world) {
    await world.ground(FIRST);
    const before = await world.state();
    const { data } = await world.envelope('install', await world.zip(FIRST), '--yes');
    const [host] = (data as { hosts?: { action?: string }[] } | null)?.hosts ?? [];
    must(host?.action === 'unchanged', `--json says action: ${host?.action}`);
    const after = await world.state();
    const [was, is] = [before.uploads.join(', '), after.uploads.join(', ')];
    must(was === is, `the uploads were ${was}, are ${is}`);
    return `${await world.runsAs(FIRST)}; same uploads`;
  },
};

const envelopes: Step = {
  name: 'list, status, describe: one JSON envelope each, also on failure',
  async run(world) {
    await world.ground(FIRST);
    const listed = await world.envelope('list');
    must(JSON.stringify(listed.data).includes(`"${world.name}"`), 'list does not name it');
    for (const one of ['status', 'describe']) {
      const { data } = await world.envelope(one, world.name);
      must(JSON.stringify(data).includes(FIRST) || one === 'status', `${one} names no ${FIRST}`);
    }
    const unknown = await world.envelope('status', `${world.name}_unknown`);
    must(unknown.error?.code === 'no-such-plugin', `of an unknown one: ${unknown.error?.code}`);
    return 'ok and command agree with the exit code, the unknown one is no-such-plugin';
  },
};

const diff: Step = {
  name: 'diff of a package and the host',
  needs: [command('diff')],
  async run(world) {
    await world.ground(FIRST);
    const same = await world.run('diff', await world.zip(FIRST));
    const other = await world.run('diff', await world.zip(SECOND));
    must(same.code === 0, `the same package: exit code ${same.code}`);
    must(other.stdout.includes(SECOND), `another version: ${SECOND} is not named`);
    return `${await world.runsAs(FIRST)}; exit code ${same.code} for the same, ${other.code} for another`;
  },
};

const upgrade: Step = {
  name: 'upgrade',
  async run(world) {
    await world.ground(FIRST);
    const { code } = await world.run('install', await world.zip(SECOND), '--yes');
    must(code === 0, `exit code ${code}`);
    return world.runsAs(SECOND);
  },
};

/** From an empty host to the first upgrade. */
export const FIRST_STEPS = [doctor, dryRun, install, unchanged, envelopes, diff, upgrade];
