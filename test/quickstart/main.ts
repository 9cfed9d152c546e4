import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN } from '../bin/run.ts';
import { tourIn, venvPython } from './steps.ts';

/** `npm run quickstart`: from nothing to a running plugin, in a temporary folder that is removed at the end. */
const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-quickstart-'));
const print = (text: string) => process.stdout.write(text);
const systemPython = process.platform === 'win32' ? 'python' : 'python3';
const tour = tourIn(folder, { kplugin: [process.execPath, BIN] }, print);
const python = venvPython(path.join('hello', '.venv'));
const host = `127.0.0.1:${await freePort()}`;

try {
  const symbols = ['--source', 'ticker', '--sink', 'printer', '--function', 'shout'];
  await tour.step('kplugin', 'init', 'hello', '--language', 'python', ...symbols, '--yes');
  await tour.step(systemPython, '-m', 'venv', 'hello/.venv');
  await tour.step(python, '-m', 'pip', 'install', '--quiet', '-r', 'hello/requirements.txt');
  await tour.step('kplugin', 'validate', 'hello');
  await tour.step('kplugin', 'pack', 'hello', '-o', 'hello.zip');
  const stop = await tour.background(
    'kplugin install',
    ...['kplugin', 'serve', '--listen', host, '--python', path.resolve(folder, python)],
  );
  try {
    await tour.step('kplugin', 'install', 'hello.zip', '--host', host);
    await tour.step('kplugin', 'list', '--host', host);
    await tour.step('kplugin', 'status', 'hello', '--host', host);
    await tour.step('kplugin', 'remove', 'hello', '--host', host, '--yes');
  } finally {
    await stop();
  }
  print('\nThat was the whole way: init, validate, pack, serve, install, status, remove.\n');
} catch (error) {
  print(`\nThe quickstart stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
