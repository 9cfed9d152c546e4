import { describe, expect, test } from 'vitest';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

await describeWith('from the first install to the removal', sdkPython, (python) => {
  describe.each(['1.14', '2.0', '2.4'])('eKuiper %s', (target) => {
    const name = `kpl_life_${target.replace('.', '_')}`;

    test('install, status, list, describe, install again, upgrade, remove', async () => {
      const world = await World.open(python, '--target', target);
      try {
        await writeProject(world.folder, { name, version: '1.0.0' });
        const first = await world.transcript(
          ['list'],
          ['install', name],
          ['status', name],
          ['list'],
          ['describe', name],
          ['install', name],
        );
        await writeProject(world.folder, { name, version: '1.1.0' });
        const second = await world.transcript(
          ['install', name],
          ['remove', name],
          ['remove', name, '--yes'],
          ['status', name],
        );
        await expect(`${first}\n${second}`).toMatchFileSnapshot(`golden/lifecycle-${target}.txt`);
        const { stdout } = await world.run(['history', name]);
        expect(stdout).toContain(': not there now\n');
      } finally {
        await world.close();
      }
    });
  });

  test('the same for programs', async () => {
    const world = await World.open(python);
    try {
      const plugin = 'kpl_json';
      await writeProject(world.folder, { name: plugin, version: '1.0.0' });
      const json = async (...args: string[]) => {
        const { code, stdout, stderr } = await world.run([...args, '--json']);
        expect(stderr).toBe('');
        return { code, ...JSON.parse(world.steady(stdout)) };
      };
      const file = expect.stringMatching(
        /^file:\/\/\$HOME\/data\/uploads\/kpl_json-1\.0\.0-[0-9a-f]{8}\.zip$/,
      );
      const registration = { name: plugin, file, shellParas: [] };
      expect(await json('install', plugin)).toMatchObject({
        code: 0,
        ok: true,
        command: 'install',
        data: {
          dryRun: false,
          counts: { installed: 1 },
          hosts: [
            {
              host: 'edge1:9081',
              ok: true,
              state: 'installed',
              before: null,
              after: '1.0.0',
              ekuiper: '2.4.0',
              plugin,
              version: '1.0.0',
              action: 'install',
              previous: null,
              registration,
              status: { state: 'running', errMsg: '', rules: {} },
              error: null,
            },
          ],
        },
        error: null,
      });
      expect(await json('install', plugin)).toMatchObject({
        data: { hosts: [{ state: 'unchanged', action: 'unchanged', registration }] },
      });
      expect(await json('list')).toMatchObject({
        data: {
          counts: { read: 1 },
          hosts: [
            {
              host: 'edge1:9081',
              ok: true,
              ekuiper: '2.4.0',
              plugins: [{ name: plugin, functions: ['kpl_json_fn'], state: 'running' }],
              error: null,
            },
          ],
        },
      });
      expect(await json('describe', plugin)).toMatchObject({
        data: { counts: { running: 1 }, hosts: [{ registration, state: 'running' }] },
      });
      expect(await json('status', plugin)).toMatchObject({
        data: { hosts: [{ state: 'running', plugin }] },
      });
      expect(await json('remove', plugin)).toMatchObject({
        code: 2,
        error: { code: 'missing-flag' },
      });
      expect(await json('remove', plugin, '-y')).toMatchObject({
        code: 0,
        data: { hosts: [{ state: 'removed', removed: true }] },
      });
      expect(await json('status', plugin)).toMatchObject({
        code: 3,
        ok: false,
        data: { counts: { failed: 1 }, hosts: [{ host: 'edge1:9081', ok: false }] },
        error: { code: 'no-such-plugin' },
      });
    } finally {
      await world.close();
    }
  });
});
