import { describe, expect, it, test } from 'vitest';
import type { Machine, Ran } from '../../../../src/doctor/facts/machine.ts';
import type { PluginProject } from '../../../../src/doctor/facts/plugin-project.ts';
import { flawsIn } from '../../client/messages/hint-commands.ts';
import { about, looked } from '../machines.ts';

const PYTHON: Partial<PluginProject> = { language: 'python', conda: false };
const GO: Partial<PluginProject> = { language: 'go', conda: false };
const CONDA: Partial<PluginProject> = { language: 'python', conda: true };

const python = (out: string): Partial<Machine> => ({
  run: async (program) => (program.includes('python') ? { code: 0, out } : null),
});
const goEnv = (out: string): Partial<Machine> => ({
  run: async (program) => (program === 'go' ? { code: 0, out } : null),
});

describe('a machine that is well', () => {
  it('has neither warnings nor errors, whatever the plugin is written in', async () => {
    for (const project of [null, PYTHON, GO]) {
      const bad = (await looked({}, project)).filter(
        ({ level }) => !['ok', 'skipped'].includes(level),
      );
      expect(bad).toEqual([]);
    }
  });
});

describe.each<[string, Partial<Machine>, Partial<PluginProject> | null, string, string]>([
  [
    'an old Node',
    { node: '20.18.0' },
    null,
    'machine-node',
    'error: kplugin 0.1.0 on Node.js 20.18.0; it needs 20.19.0 or newer',
  ],
  [
    'no Python, and nobody needs it',
    { python: async () => ({ program: null, own: null }) },
    null,
    'machine-python',
    'skipped: no Python on the PATH; plugins in Python need one',
  ],
  [
    'no Python for a Python plugin',
    { python: async () => ({ program: null, own: null }) },
    PYTHON,
    'machine-python',
    'error: no Python on the PATH; plugins in Python need one',
  ],
  [
    'a Python that does not run',
    python('Python 2'),
    PYTHON,
    'machine-python',
    'error: /usr/bin/python3 does not run as a Python 3',
  ],
  [
    'no SDK, and nobody needs it',
    python('["3.11.1",null,null]'),
    null,
    'machine-python',
    'ok: Python 3.11.1 (/usr/bin/python3) without the SDK (only plugins in Python need it)',
  ],
  [
    'no SDK for a Python plugin',
    python('["3.11.1",null,null]'),
    PYTHON,
    'machine-python',
    'error: Python 3.11.1 (/usr/bin/python3) has no package ekuiper, the SDK',
  ],
  [
    'another pynng',
    python('["3.11.1","2.4.2","0.9.0"]'),
    PYTHON,
    'machine-python',
    'error: Python 3.11.1 (/usr/bin/python3): ekuiper 2.4.2 needs pynng 0.8.1, and 0.9.0 is installed',
  ],
  [
    'no pynng',
    python('["3.11.1","2.1.0",null]'),
    null,
    'machine-python',
    'warning: Python 3.11.1 (/usr/bin/python3): ekuiper 2.1.0 needs pynng 0.7.2, and none is installed',
  ],
  [
    'no Go for a Go plugin',
    { run: async () => null },
    GO,
    'machine-go',
    'error: no Go on the PATH; plugins in Go need it to be built',
  ],
  [
    'an old Go that fetches newer ones',
    goEnv('go1.22.1\n1\nauto\n'),
    GO,
    'machine-go',
    'warning: Go 1.22.1; the SDK of eKuiper 2.4 needs 1.25.4, which this Go downloads by itself when it can',
  ],
  [
    'an old Go that does not',
    goEnv('go1.22.1\n1\nlocal\n'),
    GO,
    'machine-go',
    'error: Go 1.22.1; the SDK of eKuiper 2.4 needs 1.25.4',
  ],
  [
    'cgo by hand',
    { ...goEnv('go1.26.0\n1\nauto\n'), env: { CGO_ENABLED: '1' } },
    GO,
    'machine-go-cgo',
    'warning: CGO_ENABLED=1 is set: a program linked against glibc does not start in the Alpine images of eKuiper',
  ],
  [
    'no conda for a conda plugin',
    { run: async () => null },
    CONDA,
    'machine-conda',
    'warning: the plugin here runs in a conda environment, and there is no conda',
  ],
  [
    'a full /tmp',
    { writable: async () => false },
    null,
    'machine-sockets',
    'error: /tmp cannot be written, and plugins have their sockets there: serve, test and dev cannot run them',
  ],
  [
    'Windows',
    { platform: 'win32', writable: async () => false },
    null,
    'machine-sockets',
    'skipped: kplugin serve, test and dev need Linux or macOS; everything else works here',
  ],
  [
    'an eKuiper',
    { ask: async (port) => (port === 9081 ? '{"version":"2.4.0"}' : null) },
    null,
    'machine-running',
    'ok: an eKuiper or a test server (2.4.0) listens on 127.0.0.1:9081',
  ],
  [
    'another program',
    { ask: async (port) => (port === 9081 ? '<html>' : null) },
    null,
    'machine-running',
    'ok: something that is no eKuiper listens on 127.0.0.1:9081',
  ],
  [
    'a variable with a flaw',
    { env: { KPLUGIN_HOTS: 'x' } },
    null,
    'machine-settings',
    'warning: KPLUGIN_HOTS is set, and kplugin knows no such variable',
  ],
  [
    'a variable',
    { env: { KPLUGIN_HOST: 'edge1', KPLUGIN_E2E_HOST: 'x' } },
    null,
    'machine-settings',
    'ok: KPLUGIN_HOST=edge1, from the environment; a flag outweighs it',
  ],
])('%s', (_name, different, project, id, expected) => {
  it(expected, async () => {
    const remarks = await looked(different, project);
    expect(about(remarks, id)).toContain(expected);
    expect(remarks.flatMap(({ hint }) => flawsIn(hint ?? ''))).toEqual([]);
  });
});

describe('secrets', () => {
  it('of the environment are never shown', async () => {
    const env = { KPLUGIN_TOKEN: 'hush-token', KPLUGIN_PROXY: 'http://u:hush@p:1' };
    expect(JSON.stringify(await looked({ env }))).not.toContain('hush');
    const address = await looked({ env: { KPLUGIN_HOST: 'http://me:hush@edge1' } });
    expect(JSON.stringify(address)).not.toContain('hush');
    expect(about(address, 'machine-settings')).toEqual([
      'ok: KPLUGIN_HOST is set, from the environment; a flag outweighs it',
    ]);
  });
});

test.each([
  ['.', 'ekuiper==2.4.2', '-r requirements.txt'],
  ['my plugins/hello', 'ekuiper==2.4.2', "-r 'my plugins/hello/requirements.txt'"],
  ['hello', null, 'ekuiper==2.4.2'],
])(
  'what pip installs for the project %s is named from where the user is',
  async (label, requirements, given) => {
    const run = async (): Promise<Ran> => ({ code: 0, out: '["3.12.1", null, null]' });
    const remarks = await looked(
      { run },
      { language: 'python', label, requirements, target: '2.4' },
    );
    const [found] = remarks.filter(({ id }) => id === 'machine-python');
    expect(found?.hint).toBe(`/usr/bin/python3 -m pip install ${given}`);
  },
);
