import { expect, test } from 'vitest';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

await describeWith('what was there before', sdkPython, (python) => {
  test.each(['1.14', '2.0', '2.4'])(
    'eKuiper %s: plan, upgrade, history, rollback, a failed upgrade, rollback without a name',
    async (target) => {
      const name = `kpl_past_${target.replace('.', '_')}`;
      const world = await World.open(python, '--target', target);
      try {
        await writeProject(world.folder, { name, version: '1.0.0' });
        const first = await world.transcript(['install', name, '--dry-run'], ['install', name]);
        await writeProject(world.folder, { name, version: '1.1.0' });
        const second = await world.transcript(
          ['install', name, '--dry-run'],
          ['install', name],
          ['history'],
          ['rollback', name],
          ['history', name],
          ['rollback', name, '--to', '9.9'],
        );
        await writeProject(world.folder, { name, version: '1.2.0', language: 'Python' });
        const third = await world.transcript(
          ['install', name, '--force'],
          ['rollback'],
          ['history', 'kpl_nothing'],
          ['restart', name],
        );
        const text = `${first}\n${second}\n${third}`.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN');
        await expect(text).toMatchFileSnapshot(`golden/history-${target}.txt`);
      } finally {
        await world.close();
      }
    },
  );

  test('a plugin whose process is killed is started again', async () => {
    const name = 'kpl_again';
    const world = await World.open(python);
    try {
      await writeProject(world.folder, { name, version: '1.0.0' });
      expect((await world.run(['install', name])).code).toBe(0);
      process.kill(Number(await world.serving.note(`${name}.pid`)), 'SIGKILL');
      await expect.poll(async () => (await world.run(['status', name])).code).toBe(3);
      const text = await world.transcript(['restart', name], ['status', name]);
      await expect(text).toMatchFileSnapshot('golden/restart.txt');
    } finally {
      await world.close();
    }
  });

  test('what was installed by hand cannot be promised back: it asks, and does nothing alone', async () => {
    const name = 'kpl_byhand';
    const world = await World.open(python);
    try {
      await writeProject(world.folder, { name, version: '1.0.0' });
      expect((await world.run(['pack', name, '--output', 'by-hand.zip'])).code).toBe(0);
      const file = `file://${world.folder}/by-hand.zip`;
      const response = await fetch(`http://${world.host}/plugins/portables`, {
        method: 'POST',
        body: JSON.stringify({ name, file }),
      });
      expect(response.status).toBe(201);
      await writeProject(world.folder, { name, version: '1.1.0' });
      const text = await world.transcript(
        ['install', name],
        ['status', name],
        ['install', name, '--yes'],
      );
      await expect(text).toMatchFileSnapshot('golden/no-rollback-target.txt');
    } finally {
      await world.close();
    }
  });
});
