import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

/** What doctor says of the host; this machine is another one everywhere. */
function hostPart(stdout: string): string {
  return stdout
    .slice(stdout.indexOf('\nHost ') + 1)
    .replace(/answers in \d+ m?s/, 'answers in N ms')
    .replace(/linux\/\w+/, 'linux/ARCH')
    .replace(/up for \d+ \w+/, 'up for N seconds')
    .replace(/\n\n\d+ errors?, .*\n/, '\n');
}

await describeWith('doctor and the embedded host', sdkPython, (python) => {
  test('a host that is well, and one whose plugin was killed', async () => {
    const world = await World.open(python);
    const name = 'kpl_doctor';
    try {
      const pid = path.join(world.folder, `${name}.pid`);
      const before = `open(${JSON.stringify(pid)}, "w").write(str(os.getpid()))`;
      await writeProject(world.folder, { name, version: '1.0.0', before });
      expect((await world.run(['install', name])).code).toBe(0);
      const well = await world.run(['doctor', '--write']);
      await expect(world.steady(hostPart(well.stdout))).toMatchFileSnapshot(
        'golden/doctor-well.txt',
      );
      process.kill(Number(await readFile(pid, 'utf8')), 'SIGKILL');
      await vi.waitFor(
        async () => expect((await world.run(['status', name])).code).toBe(3),
        20_000,
      );
      const ill = await world.run(['doctor', '--json']);
      expect(ill.code).toBe(3);
      expect(JSON.parse(ill.stdout)).toMatchObject({
        ok: false,
        command: 'doctor',
        error: { code: 'doctor-host', hint: `kplugin restart ${name} --host ${world.host}` },
      });
      expect((await world.run(['restart', name])).code).toBe(0);
      expect((await world.run(['doctor'])).code).toBe(0);
    } finally {
      await world.close();
    }
  });

  test('a plugin that has findings is exit 1', async () => {
    const world = await World.open(python);
    try {
      const project = await writeProject(world.folder, {
        name: 'kpl_doctor_bad',
        version: '1.0.0',
        language: 'Python',
      });
      const { code, stdout } = await world.run(['doctor', project]);
      expect(stdout).toContain('✗ error    plugin kpl_doctor_bad 1.0.0: ');
      expect(code).toBe(1);
    } finally {
      await world.close();
    }
  });
});
