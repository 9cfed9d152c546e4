import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCases } from '../../../../src/testing/read-cases.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kplugin-cases-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const TEXT = '# a\n# \u6ce8\u91ca\ncases: []\n';

it('a case file that is not UTF-8 is told with its encoding and the line of the place', async () => {
  const gbk = Buffer.from('cases:\n  # \xc4\xac\xc8\xcf\xc5\xe4\xd6\xc3\n', 'latin1');
  writeFileSync(join(directory, 'a.yaml'), Buffer.from(TEXT, 'utf16le'));
  writeFileSync(join(directory, 'b.yaml'), Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16());
  writeFileSync(join(directory, 'c.yaml'), gbk);
  writeFileSync(join(directory, 'd.yaml'), `\ufeff${TEXT}`);
  writeFileSync(join(directory, 'e.json'), Buffer.from('{"cases": []}', 'utf16le'));
  const { cases, mistakes } = await readCases({ directory, label: 'tests', symbols: null });
  expect(cases).toEqual([]);
  expect(
    mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
  ).toEqual([
    'tests/a.yaml:1:1 the file is not UTF-8; it is probably UTF-16LE without a byte-order mark: # a',
    'tests/b.yaml:1:1 the file is not UTF-8; it is probably UTF-16: # a',
    'tests/c.yaml:2:6 the file is not UTF-8; it is probably GBK: # \u9ed8\u8ba4\u914d\u7f6e',
    'tests/e.json:1:1 the file is not UTF-8; it is probably UTF-16LE without a byte-order mark: {"cases": []}',
  ]);
});

it.runIf(process.platform === 'linux')('a case file whose name is not UTF-8 is read', async () => {
  writeFileSync(
    Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xd0, 0xcd]), Buffer.from('.yaml')]),
    TEXT,
  );
  const read = await readCases({ directory, label: 'tests', symbols: null });
  expect(read).toMatchObject({ files: ['tests/\udcd0\udccd.yaml'], mistakes: [] });
});
