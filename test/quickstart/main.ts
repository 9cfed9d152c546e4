import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN } from '../bin/run.ts';
import { tourIn } from './steps.ts';
import { toursIn } from './tours.ts';

/**
 * `npm run quickstart`: from nothing to a running plugin, in a temporary folder that is removed at the end.
 * In TypeScript, which needs nothing but Node; `npm run quickstart -- python` takes the other way.
 */
const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-quickstart-'));
const print = (text: string) => process.stdout.write(text);
const npm = process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm'];
const tour = tourIn(folder, { kplugin: [process.execPath, BIN], npm }, print);
const language = process.argv[2] ?? 'typescript';
const host = `127.0.0.1:${await freePort()}`;

try {
  const own = toursIn(folder)[language];
  if (!own) throw new Error(`there is no tour in ${language}: typescript or python`);
  await own.make(tour);
  await tour.step('kplugin', 'test', 'hello', ...own.python);
  await tour.step('kplugin', 'pack', 'hello', '-o', 'hello.zip');
  const stop = await tour.background(
    'kplugin install',
    ...['kplugin', 'serve', '--listen', host, '--symbols', 'off', ...own.python],
  );
  try {
    await tour.step('kplugin', 'install', 'hello.zip', '--host', host);
    await tour.step('kplugin', 'list', '--host', host);
    await tour.step('kplugin', 'status', 'hello', '--host', host);
    await tour.step('kplugin', 'remove', 'hello', '--host', host, '--yes');
  } finally {
    await stop();
  }
  print('\nThat was the whole way: init, test, pack, serve, install, status, remove.\n');
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
