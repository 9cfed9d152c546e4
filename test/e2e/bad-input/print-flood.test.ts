import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { describeOnUnix } from '../../toolchain/require.ts';
import { Serving } from '../serve/serving.ts';
import { rawPlugin } from './raw-plugin.ts';

let serving: Serving | null = null;

afterEach(async () => {
  await serving?.stop();
  serving = null;
});

/** The most memory that a process ever had, in MB; null where the system does not tell. */
async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function flood(piece: string): string {
  return `
    const piece = Buffer.from((${piece}).repeat(10_000));
    let left = 100;
    function print() {
      if (left === 0) return note(NAME, 'all');
      left -= 1;
      process.stdout.write(piece, print);
    }
    print();
    run();`;
}

/** Installs a plugin that prints 100 MB and waits until the server has taken them all. */
async function printed(server: Serving, name: string, piece: string): Promise<number | null> {
  expect((await server.install(name, rawPlugin(name, flood(piece)))).status).toBe(201);
  await expect.poll(() => server.note(name), { timeout: 60_000 }).toBe('all');
  const status = await server.get(`/plugins/portables/${name}/status`);
  expect(status.body).toContain('"status":"running"');
  return peakOf(server.pid);
}

describeOnUnix('plugins that print 100 MB', () => {
  test.each([
    ['in lines', 'bifla', `'x'.repeat(99) + '\\n'`],
    ['in one line without an end', 'biflb', `'x'.repeat(100)`],
  ])('%s: the server goes on, and keeps none of it', async (_, prefix, piece) => {
    const server = await Serving.start();
    serving = server;
    const first = await printed(server, `${prefix}_1`, piece);
    const second = await printed(server, `${prefix}_2`, piece);
    expect((await server.install('bifl_good', rawPlugin('bifl_good'))).status).toBe(201);
    // The first time shows how much the engine likes to have; kept text would come on top of that again.
    if (first !== null && second !== null) expect(second - first).toBeLessThan(60);
  });
});
