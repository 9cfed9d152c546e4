import { createReadStream } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { writeProject } from './project.ts';
import { World } from './world.ts';

/** Without what another Python project of the same text would change: the digests. */
function undigested(text: string): string {
  return text
    .replace(/content [0-9a-f]{8,12}/g, 'content DIGEST')
    .replace(/-[0-9a-f]{8}\.zip/g, '-DIGEST.zip')
    .replace(/, (?:[\d.]+ k?B|SIZE), content/g, ', SIZE, content');
}

await describeWith('what an installation would change', sdkPython, (python) => {
  test('before it, after it, and with the next version', async () => {
    const world = await World.open(python);
    try {
      const name = 'kpdf_tap';
      await writeProject(world.folder, { name, version: '1.0.0' });
      const first = await world.transcript(['diff', name], ['install', name], ['diff', name]);
      await world.run(['pack', name]);
      await writeProject(world.folder, {
        name,
        version: '1.1.0',
        functionName: 'kpdf_other',
        installScript: 'echo ready\n',
      });
      await rm(path.join(world.folder, name, 'functions', 'kpdf_tap_fn.json'));
      const second = await world.transcript(
        ['diff', `${name}-1.0.0.zip`],
        ['diff', name],
        ['diff', name, world.host, '--stat'],
        ['diff', `${name}-1.0.0.zip`, name, '--stat'],
      );
      const text = undigested(`${first}\n${second}`);
      await expect(text).toMatchFileSnapshot('golden/diff.txt');
    } finally {
      await world.close();
    }
  });

  test('between two hosts', async () => {
    const world = await World.open(python);
    const other = await World.open(python, '--target', '2.3');
    try {
      const name = 'kpdf_pair';
      await writeProject(world.folder, { name, version: '1.0.0' });
      await world.run(['install', name]);
      const same = await world.run(['diff', world.host, world.host]);
      expect(same).toMatchObject({ code: 0, stderr: '' });
      expect(same.stdout).toContain(`the same on both: ${name}\n`);
      const found = await world.run(['diff', world.host, other.host, '--json']);
      expect(found.code).toBe(1);
      expect(JSON.parse(found.stdout).data).toMatchObject({
        host: [{ fact: 'ekuiper' }],
        plugins: [{ name, what: 'removed', before: { state: 'running' }, after: null }],
      });
      const nobody = await world.run(['diff', world.host, other.host, '--plugin', 'kpdf_nobody']);
      expect(nobody).toMatchObject({ code: 3, stdout: '' });
    } finally {
      await other.close();
      await world.close();
    }
  });

  test('a package that has to be downloaded', async () => {
    const world = await World.open(python);
    const server = createServer((request, response) => {
      expect(request.url).toBe('/kpdf_far.zip?token=geheim');
      createReadStream(path.join(world.folder, 'kpdf_far-1.0.0.zip')).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await writeProject(world.folder, { name: 'kpdf_far', version: '1.0.0' });
      await world.run(['pack', 'kpdf_far']);
      await cp(path.join(world.folder, 'kpdf_far'), path.join(world.folder, 'other'), {
        recursive: true,
      });
      await writeFile(path.join(world.folder, 'other', 'new.txt'), 'new\n');
      // A server that listens on TCP has an address object.
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/kpdf_far.zip?token=geheim`;
      const same = await world.run(['diff', url, 'kpdf_far']);
      expect(same).toMatchObject({ code: 0 });
      const found = await world.run(['diff', url, 'other']);
      expect(found.code).toBe(1);
      expect(found.stdout).toContain('+ new.txt');
      expect(found.stdout + found.stderr + same.stdout).not.toContain('geheim');
    } finally {
      server.close();
      await world.close();
    }
  });
});
