import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { realMachine } from '../../../src/doctor/real-machine.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { fakeContext } from '../cli/fake-context.ts';

const { context } = fakeContext(null);
const NOWHERE = { label: '/', python: undefined };

describeOnUnix('the sockets in /tmp', () => {
  it.each([
    `/tmp/plugin_kph_left_${process.pid}.ipc`,
    `/tmp/func_kph_left_${process.pid}.ipc`,
    `/tmp/kphrule_kphsrc_${process.pid}.ipc`,
  ])('that a killed server leaves are known from those of a living one: %s', async (file) => {
    onTestFinished(() => rmSync(file, { force: true }));
    const look = async () => {
      const found = await (await realMachine(NOWHERE, context)).sockets();
      return found.find(({ path }) => path === file) ?? null;
    };
    expect(await look()).toBeNull();
    const listen = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => console.log('up'))`;
    const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(await look()).toEqual({ path: file, alive: true });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await look()).toEqual({ path: file, alive: false });
  });
});

it('what says nothing on a port is not eKuiper, and nobody is nobody', async () => {
  const server = createServer((socket) => socket.resume().end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const machine = await realMachine(NOWHERE, context);
  expect(await machine.ask(port)).toBe('');
  await new Promise((resolve) => server.close(resolve));
  // Another test may listen there meanwhile.
  await expect.poll(() => machine.ask(port)).toBeNull();
});

it('programs that are not there, that fail, and that say something', async () => {
  const machine = await realMachine(NOWHERE, context);
  expect(await machine.run('kph-no-such-program', [])).toBeNull();
  expect(await machine.run(process.execPath, ['-e', 'process.exit(3)'])).toMatchObject({ code: 3 });
  const said = await machine.run(process.execPath, ['-e', 'process.stdout.write("2\\n")']);
  expect(said).toEqual({ code: 0, out: '2\n' });
});
