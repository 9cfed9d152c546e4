import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findPython } from '../../../src/cli/find-python.ts';
import { pythonParser } from '../../../src/cli/python-parser.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();
const PATH = process.env['PATH'] ?? '';
const python = await findPython({ PATH });
const sources = (...texts: string[]) => texts.map((text, at) => ({ path: `${at}.py`, text }));

it.runIf(python)('reads sources and runs none of them', async () => {
  const project = folder({});
  const trace = join(project, 'trace');
  const verdict = await pythonParser(project, { env: { PATH }, cwd: '/nowhere' })(
    sources(
      `open(${JSON.stringify(trace)}, "w")`,
      'x = 1\n\n  y = 2\n',
      '\ufeffx = 1\r\n',
      'y = 1',
    ),
  );
  expect(verdict).toMatchObject({
    version: expect.stringMatching(/^3\.\d+$/),
    flaws: [{ path: '1.py', error: 'IndentationError', message: 'unexpected indent', line: 3 }],
  });
  expect(existsSync(trace)).toBe(false);
});

it.each(['project', 'current directory'])('starts no Python of the %s', async (owner) => {
  const project = folder({ 'bin/python3': '#!/bin/sh\ntouch "$0.started"\n' });
  const program = join(project, 'bin', 'python3');
  chmodSync(program, 0o755);
  const [plugin, cwd] = owner === 'project' ? [project, '/nowhere'] : ['/nowhere.zip', project];
  const verdict = await pythonParser(plugin, { env: { PATH: join(project, 'bin') }, cwd })(
    sources('x'),
  );
  expect(verdict).toBeNull();
  expect(existsSync(`${program}.started`)).toBe(false);
});

it.each([
  ['nothing', ''],
  ['no JSON', 'echo hello'],
  ['another JSON', `echo '{"a": 1}'`],
  ['a failure', 'exit 3'],
])('a Python that answers %s', async (_, line) => {
  const bin = folder({ python3: `#!/bin/sh\ncat > /dev/null\n${line}\n` });
  chmodSync(join(bin, 'python3'), 0o755);
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  expect(await pythonParser('/nowhere', { env, cwd: '/nowhere' })(sources('x = 1'))).toBeNull();
});

it('without a Python', async () => {
  expect(
    await pythonParser('/nowhere', { env: { PATH: folder({}) }, cwd: '/nowhere' })(sources('x')),
  ).toBeNull();
});
