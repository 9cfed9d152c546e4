import { expect, test } from 'vitest';
import { entryNameEncoding } from '../../../../../src/lint/rules/package/entry-name-encoding.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  [['gbk'], 'Run kplugin pack --from b.zip: it writes the name in UTF-8'],
  [
    ['gbk', 'euc-kr', 'big5'],
    'Run kplugin pack --from b.zip --name-encoding gbk, or with euc-kr or big5, whichever gives the right name: it writes it in UTF-8',
  ],
  [
    [],
    'Run kplugin pack --from b.zip --name-encoding <encoding>, whichever gives the right name: it writes it in UTF-8',
  ],
])('names in %j', async (encodings, hint) => {
  const problems = [{ kind: 'foreign-name', entry: null, detail: 'so and so', encodings }] as const;
  const found = await findingsOf(entryNameEncoding, {
    files: {},
    form: 'zip',
    label: 'b.zip',
    problems,
  });
  expect(found).toMatchObject([
    {
      severity: 'warning',
      file: 'b.zip',
      message: 'The name of this entry cannot be read: so and so',
      effect:
        'eKuiper makes a file with exactly these bytes as its name; a program that opens the name in UTF-8 does not find it',
      hint,
    },
  ]);
});

test.each([
  ['数/ģ\udcd0\udccd.onnx', ['gbk'], "mv -n $'数/ģ\\320\\315.onnx' '数/模型.onnx'"],
  ['-\udcca\udcfd', ['gbk'], "mv -n $'./-\\312\\375' './-数'"],
  ['a/\udcca\udcfd', ['gbk', 'big5'], "mv -n $'a/\\312\\375' <name>"],
  ['a\udc81', [], "mv -n $'a\\201' <name>"],
])('%j in a project: pack refuses it, and mv renames it', async (entry, encodings, command) => {
  const problems = [{ kind: 'foreign-name', entry, detail: 'so and so', encodings }] as const;
  expect(
    await findingsOf(entryNameEncoding, { files: {}, form: 'directory', problems }),
  ).toMatchObject([
    {
      severity: 'error',
      file: entry,
      message: 'The name of this file cannot be read: so and so',
      effect: expect.stringMatching(
        /^kplugin pack refuses it: eKuiper makes a file with exactly these bytes/,
      ),
      hint: `Rename it in the folder of the project: ${command}`,
    },
  ]);
});

test('says nothing of a sound zip', async () => {
  expect(await findingsOf(entryNameEncoding, { files: { a: '' }, form: 'zip' })).toEqual([]);
});

test.each([
  [[0x90, 0xdd, 0x92, 0xe8], 'shift_jis', '設定', ['gbk']],
  [[0xc9, 0xe8, 0xb6, 0xa8], 'gbk', '设定', ['big5', 'shift_jis', 'euc-jp']],
  [[0xb3, 0x5d, 0xa9, 0x77], 'big5', '設定', ['gbk']],
  [[0xe9], 'windows-1252', 'é', []],
])(
  'the name %j, likely in %s: what else can hold it is said, with its flag',
  async (bytes, taken, text, others) => {
    const entry = Buffer.from(bytes).toString('latin1');
    const detail = `probably "${text}"`;
    const problems = [{ kind: 'foreign-name', entry, detail, encodings: [taken] }] as const;
    const spec = { files: {}, form: 'zip', label: 'b.zip', problems } as const;
    const [found] = await findingsOf(entryNameEncoding, spec);
    const flags = [...(found?.message ?? '').matchAll(/(?:--name-encoding|or with) ([\w-]+)/g)].map(
      ([, one]) => one,
    );
    expect(flags).toEqual(expect.arrayContaining([...others]));
    expect(flags).not.toContain(taken);
    if (others.length === 0) expect(found?.message).toMatch(/é"$/);
    else expect(found?.message).toMatch(/; they can also be [A-Z][\w-]+: "\S+"/);
  },
);
