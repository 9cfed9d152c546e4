import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { streamInto } from '../../../src/emulator/host/download.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'kplugin-stream-into-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('writes all of a stream', async () => {
  const file = path.join(folder, 'all');
  await streamInto(Readable.from([Buffer.from('one '), Buffer.from('two')]), file);
  expect(readFileSync(file, 'utf8')).toBe('one two');
});

it('leaves nothing open where the stream breaks off: what is removed then stays away', async () => {
  const files = Array.from({ length: 50 }, (_, at) => path.join(folder, `broken-${at}`));
  await Promise.all(
    files.map(async (file) => {
      const source = new Readable({ read: () => undefined });
      source.push('half');
      const written = streamInto(source, file);
      source.destroy(new Error('it broke off'));
      await expect(written).rejects.toThrow('it broke off');
      rmSync(file, { force: true });
    }),
  );
  // Whatever was still being opened has been by the time another file is.
  await streamInto(Readable.from([]), path.join(folder, 'later'));
  expect(files.filter((file) => existsSync(file))).toEqual([]);
});

it('ends with its signal, and says where a file cannot be', async () => {
  const stop = new AbortController();
  const source = new Readable({ read: () => undefined });
  const written = streamInto(source, path.join(folder, 'stopped'), stop.signal);
  stop.abort();
  await expect(written).rejects.toThrow('aborted');
  await expect(streamInto(Readable.from(['x']), path.join(folder, 'no', 'way'))).rejects.toThrow(
    'ENOENT',
  );
});
