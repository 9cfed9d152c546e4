import { expect, test } from 'vitest';
import { textEncoding } from '../../../../../src/lint/rules/package/text-encoding.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

/** `温度传感器` in GBK, `温度センサー` in Shift-JIS, `é` in Latin-1. */
const GBK = Buffer.from('cec2b6c8b4abb8d0c6f7', 'hex');
const SHIFT_JIS = Buffer.from('89b79378835a83938354815b', 'hex');
const LATIN = Buffer.from('températur du capteur', 'latin1');

const around = (before: string, bytes: Uint8Array, after: string) =>
  Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);

async function seen(files: Record<string, string | Uint8Array>): Promise<string[]> {
  const findings = await findingsOf(textEncoding, { files: { ...GOOD_FILES, ...files } });
  return findings.map(
    ({ severity, file, line, message }) => `${severity} ${file}:${line} ${message}`,
  );
}

const NOT = 'The file is not UTF-8; it is probably';

test.each<[string, string, Uint8Array, string[]]>([
  [
    'GBK metadata',
    'sources/psrc.json',
    around('{"x":\n"', GBK, '"}'),
    [`warning sources/psrc.json:2 ${NOT} GBK: "温度传感器"}`],
  ],
  [
    'a Shift-JIS function file',
    'functions/pfn.json',
    around('{"x":"', SHIFT_JIS, '"}'),
    [`warning functions/pfn.json:1 ${NOT} Shift-JIS: {"x":"温度センサー"}`],
  ],
  [
    'Latin-1 in install.sh',
    'install.sh',
    around('#!/bin/sh\n# ', LATIN, '\n'),
    [`warning install.sh:2 ${NOT} Windows-1252: # températur du capteur`],
  ],
  [
    'install.sh in UTF-16',
    'install.sh',
    Buffer.from('\ufeff#!/bin/sh\n', 'utf16le'),
    [`error install.sh:1 ${NOT} UTF-16: #!/bin/sh`],
  ],
  [
    'Python in GBK',
    'main.py',
    around('# ', GBK, '\nprint(1)\n'),
    [`error main.py:1 ${NOT} GBK: # 温度传感器`],
  ],
  ['Python in GBK that says so', 'main.py', around('# -*- coding: gbk -*-\n# ', GBK, '\n'), []],
  [
    'Python in GBK that says UTF-8',
    'main.py',
    around('# coding: utf-8\n# ', GBK, '\n'),
    [`error main.py:2 ${NOT} GBK: # 温度传感器`],
  ],
  [
    'a module of the plugin',
    'lib/a.py',
    around('# ', GBK, '\n'),
    [`error lib/a.py:1 ${NOT} GBK: # 温度传感器`],
  ],
  ['UTF-8', 'main.py', Buffer.from('# 温度\n'), []],
  ['UTF-8 with a mark', 'main.py', Buffer.from('\ufeff# 温度\n'), []],
])('%s', async (_title, path, bytes, expected) => {
  expect(await seen({ [path]: bytes })).toEqual(expected);
});

test('a started script of any name', async () => {
  const manifest = JSON.stringify({ version: '1.0.0', language: 'go', executable: 'run' });
  const run = around('#!/bin/sh\n# ', GBK, '\nexec ./prog\n');
  expect(await seen({ 'probe.json': manifest, run })).toEqual([
    `warning run:2 ${NOT} GBK: # 温度传感器`,
  ]);
});

/** `妨碍` in GBK, `려강` in EUC-KR. */
const EITHER = Buffer.from('b7c1b0ad', 'hex');

test('what may be one or the other is shown as each, and so is the command', async () => {
  const bytes = around('#!/bin/sh\n# ', EITHER, '\n');
  const [found] = await findingsOf(textEncoding, { files: { ...GOOD_FILES, 'install.sh': bytes } });
  expect(found?.message).toBe(
    'The file is not UTF-8; it may be EUC-KR (# 려강) or EUC-JP (# 形悪) or GBK (# 妨碍)',
  );
  expect(found?.hint).toContain(
    '. Where EUC-KR is what reads well (otherwise with -f EUC-JP or -f GB18030), this does it in the folder of the ' +
      'project: iconv -f CP949 -t UTF-8 install.sh > install.sh.utf8 && mv install.sh.utf8 install.sh',
  );
});

test('Python in one or the other is not told to claim one of them', async () => {
  const bytes = around('# ', EITHER, '\n');
  const [found] = await findingsOf(textEncoding, { files: { ...GOOD_FILES, 'main.py': bytes } });
  expect(found?.hint).not.toContain('coding:');
});

test('a command is quoted, and leaves the file in UTF-8 with nothing beside it', async () => {
  const bytes = around('# ', GBK, '\n');
  const files = { ...GOOD_FILES, "lib/it's a.py": bytes };
  const [found] = await findingsOf(textEncoding, { files });
  expect(found?.hint).toContain(
    "iconv -f GB18030 -t UTF-8 'lib/it'\\''s a.py' > 'lib/it'\\''s a.py.utf8' && mv 'lib/it'\\''s a.py.utf8' 'lib/it'\\''s a.py'",
  );
  expect(found?.hint).toContain('# -*- coding: gbk -*-');
});
