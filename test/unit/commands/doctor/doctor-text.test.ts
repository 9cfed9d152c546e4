import { describe, expect, it } from 'vitest';
import { doctorViews } from '../../../../src/commands/doctor/run.ts';
import { diagnosisError, remark, type Section } from '../../../../src/doctor/host/doctor-check.ts';
import { plain } from '../../../fixtures/plain.ts';
import { examined, IllHost, NOW } from '../../doctor/host/hosts.ts';
import { looked } from '../../doctor/machines.ts';

/** A fake host with every illness that the doctor knows of a 2.0; the words are those of the recorded answers. */
function sickHost(): IllHost {
  const host = new IllHost('2.0.8')
    .has('pysam', '1.0.0', 'pysam-1.0.0-0a1b2c3d.zip', { functions: ['sam', 'sam2'] })
    .has('mirror', '2.0.0', 'mirror.zip', { functions: ['sam'], language: 'go' })
    .has('tail', '1.0.0', 'tail.zip');
  host.health.set('pysam', { state: 'error', error: 'signal: killed' });
  host.health.set('tail', {
    state: 'error',
    error: 'exec: "python": executable file not found in $PATH',
  });
  host.stored = ['/up/mirror.zip', '/up/tail.zip', '/up/gone-2.0.0-deadbeef.zip'];
  host.time = NOW + 90_000;
  return host;
}

async function sectionsOf(
  host: IllHost,
  machine: Parameters<typeof looked>[0],
): Promise<Section[]> {
  return [
    { part: 'machine', title: 'This machine', remarks: await looked(machine) },
    { part: 'host', title: 'Host edge1:9081', remarks: await examined(host) },
  ];
}

describe('what the doctor prints', () => {
  it('for a fake host that is ill, on a machine that is too', async () => {
    const sections = await sectionsOf(sickHost(), {
      python: async () => ({ program: null, own: null }),
      sockets: async () => [{ path: '/tmp/plugin_pysam.ipc', alive: false }],
      env: { KPLUGIN_HOTS: 'edge1' },
    });
    await expect(plain(doctorViews(sections))).toMatchFileSnapshot('golden/sick.txt');
  });

  it('whatever is a warning or an error comes with what to do', async () => {
    const sections = await sectionsOf(sickHost(), {
      python: async () => ({ program: null, own: null }),
      writable: async () => false,
      sockets: async () => [{ path: '/tmp/plugin_pysam.ipc', alive: false }],
      env: { KPLUGIN_HOTS: 'edge1', KPLUGIN_ZZZ: '1' },
    });
    const ill = sections
      .flatMap(({ remarks }) => remarks)
      .filter(({ level }) => level === 'warning' || level === 'error');
    expect(ill.length).toBeGreaterThan(10);
    expect(ill.filter(({ hint }) => hint === null || hint === '')).toEqual([]);
  });

  it('for a fake host that is well', async () => {
    const host = new IllHost('2.4.0').has('pysam', '1.0.0', 'pysam-1.0.0-0a1b2c3d.zip', {
      functions: ['sam'],
    });
    host.stored = ['/up/pysam-1.0.0-0a1b2c3d.zip'];
    await expect(plain(doctorViews(await sectionsOf(host, {})))).toMatchFileSnapshot(
      'golden/well.txt',
    );
  });
});

describe('the exit code of the doctor', () => {
  const ill = (part: Section['part']): Section => ({
    part,
    title: part,
    remarks: [
      remark('host-clock', 'warning', 'w'),
      remark('host-access', 'error', `${part} is ill`, 'do it'),
    ],
  });
  const well: Section = {
    part: 'host',
    title: 'host',
    remarks: [remark('host-clock', 'warning', 'w')],
  };

  it.each([
    [[well], null],
    [[ill('machine')], 2],
    [[ill('machine'), ill('project')], 1],
    [[ill('machine'), ill('project'), ill('host')], 3],
  ])('%#', (sections, exit) => {
    expect(diagnosisError(sections)?.exit ?? null).toBe(exit);
  });

  it('comes with the first error and what to do', () => {
    expect(diagnosisError([ill('project')])).toMatchObject({
      code: 'doctor-project',
      message: 'project is ill',
      hint: 'do it',
    });
  });
});
