import { describe, expect, it } from 'vitest';
import type { PluginProject } from '../../../src/doctor/facts/plugin-project.ts';
import type { remark } from '../../../src/doctor/host/doctor-check.ts';
import { goSdk, nodeSdk, pythonSdk } from '../../../src/doctor/project-checks.ts';
import { atLeastVersion } from '../../../src/model/target.ts';

/** The checks of SDKs look at nothing else of a project. */
function project(fields: Partial<PluginProject>): PluginProject {
  return {
    target: '2.4',
    requirements: null,
    goMod: null,
    nodePackage: null,
    ...fields,
  } as PluginProject;
}

const levels = (remarks: readonly ReturnType<typeof remark>[]) =>
  remarks.map(({ level, text }) => `${level}: ${text}`);

describe('the Python SDK of a plugin', () => {
  it.each([
    ['ekuiper==2.4.2\npynng==0.8.1\n', '2.4', 'ok: requirements.txt asks for ekuiper 2.4.2'],
    ['# SDK\n ekuiper == 2.4.2  # pinned\n', '2.4', 'ok: requirements.txt asks for ekuiper 2.4.2'],
    [
      'ekuiper==2.0.4\n',
      '2.4',
      'warning: requirements.txt asks for ekuiper 2.0.4: functions built with an SDK before 2.4 stop answering after some idle time (#3965, #3967)',
    ],
    [
      'ekuiper==2.4.2\n',
      '2.0',
      'warning: requirements.txt asks for ekuiper 2.4.2: its keep-alive, sent after 5 idle seconds, makes eKuiper 2.0 fail with "receive error: handshake"',
    ],
    ['ekuiper<2.4\n', '2.0', 'ok: requirements.txt asks for ekuiper <2.4'],
    [
      'ekuiper\n',
      '2.4',
      'warning: requirements.txt asks for ekuiper of any release: it is another one tomorrow',
    ],
    [
      'numpy\n',
      '2.4',
      'warning: no requirements.txt names its SDK (ekuiper): nobody can tell which one it was made for',
    ],
  ] as const)('%j for %s', async (requirements, target, expected) => {
    const remarks = await pythonSdk.look(project({ language: 'python', requirements, target }));
    expect(levels(remarks)).toEqual([expected]);
  });

  it('is no question for other plugins', async () => {
    expect(await pythonSdk.look(project({ language: 'go' }))).toEqual([]);
  });
});

describe('the Go SDK of a plugin', () => {
  const MODULE = 'github.com/lf-edge/ekuiper/sdk/go';

  it.each([
    [
      `require ${MODULE} v0.0.0-20260519071446-36c985bfcb36`,
      ['ok: Go SDK v0.0.0-20260519071446-36c985bfcb36'],
    ],
    [
      `require (\n\t${MODULE} v0.0.0-20250101000000-36c985bfcb36\n)`,
      [
        'warning: Go SDK v0.0.0-20250101000000-36c985bfcb36 is old: functions stop answering after some idle time (#3965); sinks stop with "ack error: send time out" (#3815, #3820)',
      ],
    ],
    [
      `require ${MODULE} v0.0.0-20230223000000-a650d6d53ecb`,
      [
        'warning: Go SDK v0.0.0-20230223000000-a650d6d53ecb is old: functions stop answering after some idle time (#3965)',
      ],
    ],
    [
      `require ${MODULE} v0.0.0\nreplace ${MODULE} v0.0.0 => ../sdk`,
      ['ok: go.mod replaces the SDK; its version is not known'],
    ],
    ['module x', [`ok: go.mod does not name ${MODULE}: it speaks the protocol without the SDK`]],
  ])('%j', async (goMod, expected) => {
    expect(levels(await goSdk.look(project({ language: 'go', goMod })))).toEqual(expected);
  });
});

describe('the TypeScript SDK of a plugin', () => {
  it.each([
    [
      '{"devDependencies":{"kplugin":"^0.1.0"}}',
      ['ok: package.json asks for kplugin ^0.1.0, the SDK'],
    ],
    [
      '{"devDependencies":{"kplugin":"file:../k"}}',
      [
        'warning: package.json takes kplugin, the SDK, from a folder (file:../k): other machines do not have it',
      ],
    ],
    ['{}', ['ok: package.json does not name kplugin: it speaks the protocol without the SDK']],
  ])('%s', async (nodePackage, expected) => {
    expect(levels(await nodeSdk.look(project({ language: 'typescript', nodePackage })))).toEqual(
      expected,
    );
  });
});

it('a project that takes the SDK from a checkout is told no command that fails while there is no release', async () => {
  const nodePackage = '{"devDependencies":{"kplugin":"file:../k"}}';
  const [found] = await nodeSdk.look(project({ language: 'typescript', nodePackage }));
  expect(found?.hint).toBe('write a release, such as "^0.1.0", there once npm has kplugin');
});

describe('a version', () => {
  it.each([
    ['20.19.0', '20.19.0', true],
    ['20.18.9', '20.19.0', false],
    ['go1.26rc1', '1.25.4', true],
    ['go1.9', '1.25.4', false],
    ['devel', '1.25.4', true],
  ])('%s is at least %s: %s', (version, floor, expected) => {
    expect(atLeastVersion(version, floor)).toBe(expected);
  });
});
