import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeProject } from '../e2e/deploy/project.ts';
import { openRestHost } from '../fixtures/rest-host.ts';
import { type HostWorld, hostWorld } from './host-world.ts';

const NAME = 'kpl_dry';

/** An eKuiper that starts no plugin when it installs one. */
async function host({ folder }: HostWorld): Promise<string> {
  const { address, close } = await openRestHost(mkdtempSync(path.join(folder, 'host-')), '1.14');
  onTestFinished(close);
  return address;
}

it('a dry run exits as the real run does, and changes nothing', async () => {
  const world = hostWorld();
  const address = await host(world);
  await writeProject(world.folder, { name: NAME, version: '1.0.0', installScript: 'echo a\n' });
  const dry = async (...flags: string[]) => {
    const args = ['install', NAME, '--host', address, '--dry-run', ...flags];
    return (await world.run(args)).code;
  };
  expect([
    await dry(),
    await dry('--detailed-exitcode'),
    await dry('--allow-install-script'),
    await dry('--yes'),
    await dry('--yes', '--detailed-exitcode'),
  ]).toEqual([2, 2, 0, 0, 4]);
  expect((await world.run(['list', '--host', address])).stdout).toMatch(/no plugin/i);
  expect((await world.run(['install', NAME, '--host', address])).code).toBe(2);
  expect((await world.run(['install', NAME, '--host', address, '--yes'])).code).toBe(0);
  expect([await dry(), await dry('--yes', '--detailed-exitcode')]).toEqual([0, 0]);
});

it('what is missing is shown below the plan, and in --json beside it', async () => {
  const world = hostWorld();
  const [one, other] = [await host(world), await host(world)];
  await writeProject(world.folder, { name: NAME, version: '1.0.0', installScript: 'echo a\n' });
  const args = ['install', NAME, '--host', one, '--dry-run'];
  const { stdout } = await world.run(args);
  expect(stdout).toMatch(/would install kpl_dry 1\.0\.0[\s\S]*nothing was sent[\s\S]*install\.sh/);
  const json = JSON.parse((await world.run([...args, '--host', other, '--json'])).stdout);
  expect(json).toMatchObject({
    ok: false,
    data: { dryRun: true, counts: { planned: 2 } },
    error: { code: 'install-script-not-allowed' },
  });
});

it.each([
  ['install', NAME],
  ['rollback', NAME],
  ['prune', NAME],
])('%s --detailed-exitcode without --dry-run is wrong usage', async (...args) => {
  const world = hostWorld();
  await writeProject(world.folder, { name: NAME, version: '1.0.0' });
  const run = await world.run([...args, '--host', '127.0.0.1:1', '--detailed-exitcode']);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('--detailed-exitcode is for --dry-run');
});
