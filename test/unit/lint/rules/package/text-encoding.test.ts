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
  [
    'a script of any folder',
    'scripts/y.sh',
    around('#!/bin/sh\n# ', GBK, '\n'),
    [`warning scripts/y.sh:2 ${NOT} GBK: # 温度传感器`],
  ],
  [
    'a script of bash without a #! line',
    'scripts/y.bash',
    around('# ', GBK, '\n'),
    [`warning scripts/y.bash:1 ${NOT} GBK: # 温度传感器`],
  ],
  [
    'a script by its #! line',
    'bin/setup',
    around('#!/usr/bin/env -S bash -e\n# ', GBK, '\n'),
    [`warning bin/setup:2 ${NOT} GBK: # 温度传感器`],
  ],
  [
    'a script in UTF-16',
    'bin/setup',
    Buffer.from('\ufeff#!/bin/sh\n', 'utf16le'),
    [`warning bin/setup:1 ${NOT} UTF-16: #!/bin/sh`],
  ],
  ['a script of another program', 'bin/setup', around('#!/usr/bin/perl\n# ', GBK, '\n'), []],
  ['a text of another kind', 'notes.txt', around('', GBK, '\n'), []],
  [
    'a script with data behind it',
    'setup.sh',
    around(
      '#!/bin/sh\nexit\n',
      Buffer.from(Array.from({ length: 600 }, (_, at) => (at * at) % 251)),
      '',
    ),
    [],
  ],
  [
    'any JSON file',
    'scripts/x.json',
    around('{"x":\n"', GBK, '"}'),
    [`warning scripts/x.json:2 ${NOT} GBK: "温度传感器"}`],
  ],
  [
    'any JSON file in UTF-16',
    'conf/x.JSON',
    Buffer.from('\ufeff{}', 'utf16le'),
    [`warning conf/x.JSON:1 ${NOT} UTF-16: {}`],
  ],
  ['what was vendored', 'node_modules/a/x.json', around('"', GBK, '"'), []],
  ['what was vendored in Python', 'lib/site-packages/a/x.sh', around('# ', GBK, ''), []],
  ['a compressed text', 'x.json', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0xff]), []],
  ['what is longer than people write', 'x.json', Buffer.alloc(256 * 1024 + 1, GBK), []],
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

const hundred = (name: (at: number) => string, bytes: Uint8Array) =>
  Object.fromEntries(Array.from({ length: 102 }, (_, at) => [name(at), bytes]));

test.each<[string, (at: number) => string]>([
  ['JSON', (at) => `d/${at}.json`],
  ['scripts', (at) => `d/${at}.sh`],
  ['scripts by their #! line', (at) => `d/${at}`],
])('of %s the first hundred are read', async (_title, name) => {
  expect(await seen(hundred(name, around('#!/bin/sh\n', GBK, '')))).toHaveLength(100);
});

test('after 2 MiB of such texts none is looked at', async () => {
  const bytes = Buffer.alloc(256 * 1024, around('# ', GBK, '\n'));
  expect(await seen(hundred((at) => `d/${at}.sh`, bytes))).toHaveLength(8);
});

test('what is known of a JSON file that eKuiper does not read', async () => {
  const files = { ...GOOD_FILES, 'conf/-x.json': around('"', GBK, '"') };
  const [found] = await findingsOf(textEncoding, { files });
  expect(found?.effect).toMatch(/^Which program reads it is not known; /);
  expect(found?.hint).toContain(
    ': iconv -f GB18030 -t UTF-8 conf/-x.json > conf/-x.json.utf8 && mv conf/-x.json.utf8 conf/-x.json',
  );
});
