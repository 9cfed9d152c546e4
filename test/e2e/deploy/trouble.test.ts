import { expect, test } from 'vitest';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

await describeWith('plugins that give trouble', sdkPython, (python) => {
  async function inWorld(body: (world: World) => Promise<void>, ...args: string[]): Promise<void> {
    const world = await World.open(python, ...args);
    try {
      await body(world);
    } finally {
      await world.close();
    }
  }

  const golden = (world: World, name: string, ...lines: string[][]) =>
    world
      .transcript(...lines)
      .then((text) => expect(text).toMatchFileSnapshot(`golden/${name}.txt`));

  test('errors stop it before anything is sent; with --force the host says no, and the old one runs again', () =>
    inWorld(async (world) => {
      const name = 'kpl_faulty';
      await writeProject(world.folder, { name, version: '1.0.0' });
      expect((await world.run(['install', name])).code).toBe(0);
      await writeProject(world.folder, { name, version: '2.0.0', language: 'Python' });
      const lines = [['install', name], ['list'], ['install', name, '--force'], ['list']];
      await golden(world, 'faulty', ...lines);
    }));

  test('a program that dies: its last words, and the old one runs again', () =>
    inWorld(async (world) => {
      const name = 'kpl_dies';
      await writeProject(world.folder, { name, version: '1.0.0' });
      expect((await world.run(['install', name])).code).toBe(0);
      const before = 'print("no model"); sys.exit(3)';
      await writeProject(world.folder, { name, version: '2.0.0', before });
      await golden(world, 'dies', ['install', name], ['status', name]);
    }));

  test('a plugin whose process is killed is dead, and the same install starts it again', () =>
    inWorld(async (world) => {
      const name = 'kpl_killed';
      await writeProject(world.folder, { name, version: '1.0.0' });
      expect((await world.run(['install', name])).code).toBe(0);
      process.kill(Number(await world.serving.note(`${name}.pid`)), 'SIGKILL');
      await expect.poll(async () => (await world.run(['status', name])).code).toBe(3);
      await golden(
        world,
        'killed',
        ['status', name],
        ['list'],
        ['describe', name],
        ['install', name],
        ['status', name],
      );
    }));

  test('install.sh is shown and needs a yes', () =>
    inWorld(async (world) => {
      const name = 'kpl_script';
      const installScript = '#!/bin/sh\necho "$1" > greeting\nprintf "\u001b[8mhidden"\n';
      await writeProject(world.folder, { name, version: '1.0.0', installScript });
      const install = ['install', name, '--shell-para', 'a, b'];
      await golden(
        world,
        'script',
        install,
        ['list'],
        [...install, '--allow-install-script'],
        [...install],
        ['describe', name],
      );
    }));

  test('a symbol of another plugin is not taken without --force', () =>
    inWorld(async (world) => {
      await writeProject(world.folder, { name: 'kpl_owner', version: '1.0.0' });
      expect((await world.run(['install', 'kpl_owner'])).code).toBe(0);
      const functionName = 'kpl_owner_fn';
      await writeProject(world.folder, { name: 'kpl_thief', version: '1.0.0', functionName });
      await golden(world, 'collision', ['install', 'kpl_thief'], ['list']);
    }));

  test('what cannot be: no plugin there, arguments without a script, unknown names', () =>
    inWorld(async (world) => {
      await writeProject(world.folder, { name: 'kpl_odd', version: '1.0.0' });
      expect((await world.run(['install', 'kpl_odd'])).code).toBe(0);
      await golden(
        world,
        'usage',
        ['install', 'nothing-here'],
        ['install', 'kpl_odd', '--shell-para', 'x'],
        ['install', 'kpl_odd', '--timeout', 'soon'],
        ['status', 'kpl_od'],
        ['remove', 'zzz', '--yes'],
        ['list', '--host', 'ftp://edge1'],
      );
    }));
});
