import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileContent } from '../../../../src/package/files/content.ts';
import {
  FileTooLong,
  readRegularFile,
  readRegularFileSync,
  readTextSync,
} from '../../../../src/package/files/regular-file.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';

const folder = mkdtempSync(join(tmpdir(), 'kplugin-regular-'));
const file = join(folder, 'x.json');
afterAll(() => rmSync(folder, { recursive: true }));

test.each([0, 1, 4096, 10_000])('a file of %i bytes is read whole', async (size) => {
  writeFileSync(file, 'x'.repeat(size));
  expect((await readRegularFile(file, size)).toString()).toBe('x'.repeat(size));
  expect(readTextSync(file, size)).toBe('x'.repeat(size));
});

test.each([11, 900 * 1024 ** 2, 50 * 1024 ** 3])(
  'one of %i bytes is refused for its size',
  async (size) => {
    writeFileSync(file, '');
    truncateSync(file, size);
    await expect(readRegularFile(file, 10)).rejects.toThrow(FileTooLong);
    expect(() => readTextSync(file, 10)).toThrow(FileTooLong);
  },
);

test.runIf(process.platform === 'linux')('so is what says that it has no bytes', async () => {
  await expect(readRegularFile('/proc/self/smaps', 10)).rejects.toThrow(FileTooLong);
  expect(() => readTextSync('/proc/self/smaps', 10)).toThrow(FileTooLong);
});

test('a folder is no file', async () => {
  await expect(readRegularFile(folder)).rejects.toThrow('a directory, not a file');
  expect(() => readTextSync(folder)).toThrow('a directory, not a file');
});

test.runIf(process.platform === 'linux')(
  'what has no size and no end is read to the limit',
  async () => {
    const endless = '/proc/self/pagemap';
    const most = 1024 ** 2;
    await expect(readRegularFile(endless, most)).rejects.toThrow(FileTooLong);
    expect(() => readRegularFileSync(endless, most)).toThrow(FileTooLong);
    await expect(fileContent(endless).bytes()).rejects.toThrow(FileTooLong);
    await expect(openZipView(endless, undefined, most)).rejects.toThrow(FileTooLong);
  },
);
