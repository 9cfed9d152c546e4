import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { openZipView } from '../../src/package/zip-view.ts';
import { kplugin } from '../bin/run.ts';
import { encodeIn } from '../fixtures/encode.ts';
import { renamedBytes } from '../fixtures/hostile-zip.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();

/** A sound plugin with one more file, whose name is in an encoding. */
function zipWith(name: string, label: string): Buffer {
  const bytes = encodeIn(label, name);
  if (bytes === null) throw new Error(`${name} cannot be written in ${label}`);
  const blank = 'Q'.repeat(bytes.length);
  const files = Object.entries({ ...GOOD_PROJECT, [blank]: 'x' });
  const specs = files.map(([path, text]) => ({ name: path, text: String(text) }));
  return renamedBytes(makeZip(specs), blank, bytes);
}

async function namesOf(file: string): Promise<string[]> {
  const view = await openZipView(file);
  await view.close();
  return view.entries.map(({ rawName }) => rawName);
}

test.each([
  ['Größe.txt', 'windows-1252'],
  ['модель.onnx', 'windows-1251'],
  ['모델.onnx', 'euc-kr'],
  ['模型.onnx', 'big5'],
  ['模型.onnx', 'gbk'],
  ['モデル.onnx', 'shift_jis'],
  ['Größe.txt', 'cp437'],
])('%s in %s is rewritten', async (name, label) => {
  const cwd = folder({ 'x.zip': zipWith(name, label) });
  const run = await kplugin(['pack', '--from', 'x.zip', '-o', 'o.zip'], { cwd });
  expect(run).toMatchObject({ code: 0, stdout: 'o.zip\n' });
  expect(run.stderr).toContain(`wrote the name ${name} in UTF-8`);
  expect(await namesOf(join(cwd, 'o.zip'))).toContain(name);
});

const UNCLEAR = zipWith('妨碍.txt', 'gbk');

it('writes nothing when a name may be one or the other, and says how to go on', async () => {
  const cwd = folder({ 'x.zip': UNCLEAR });
  for (const more of [['-o', 'o.zip'], ['-o', '-'], ['--dry-run'], ['--explain'], ['--check']]) {
    const run = await kplugin(['pack', '--from', 'x.zip', ...more], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('it is not clear in which encoding the names in x.zip are');
    expect(run.stderr).toContain(
      '"려강.txt" in EUC-KR or "形悪.txt" in EUC-JP or "妨碍.txt" in GBK',
    );
    expect(run.stderr).toContain(
      'kplugin pack --from x.zip --name-encoding euc-kr, or with euc-jp or gbk',
    );
  }
  expect(readdirSync(cwd)).toEqual(['x.zip']);
});

it('takes the word of --name-encoding', async () => {
  const cwd = folder({ 'x.zip': UNCLEAR });
  const args = ['pack', '--from', 'x.zip', '-o', 'o.zip', '--name-encoding', 'GB2312'];
  expect(await kplugin(args, { cwd })).toMatchObject({ code: 0 });
  expect(await namesOf(join(cwd, 'o.zip'))).toContain('妨碍.txt');
});

test.each([
  ['nonsense', 'encoding-unknown', 'use one of gbk, big5, shift_jis, '],
  ['utf-8', 'encoding-unknown', 'use one of gbk, '],
  ['big5', 'name-encoding-wrong', 'leave --name-encoding out'],
])('--name-encoding %s writes nothing: %s', async (encoding, code, hint) => {
  const cwd = folder({ 'x.zip': zipWith('モデル.onnx', 'shift_jis') });
  const args = ['pack', '--from', 'x.zip', '-o', 'o.zip', '--name-encoding', encoding, '--json'];
  const run = await kplugin(args, { cwd });
  expect(run.code).toBe(2);
  expect(JSON.parse(run.stdout).error).toMatchObject({ code, hint: expect.stringContaining(hint) });
  expect(existsSync(join(cwd, 'o.zip'))).toBe(false);
});

it('needs no word about a file that is left out', async () => {
  const cwd = folder({ 'x.zip': zipWith('.git/妨碍', 'gbk') });
  const run = await kplugin(['pack', '--from', 'x.zip', '-o', 'o.zip'], { cwd });
  expect(run.code).toBe(0);
});

it('refuses a name that is there in UTF-8 as well', async () => {
  const zip = zipWith('模型.onnx', 'gbk');
  const both = renamedBytes(
    makeZip([
      ...Object.entries(GOOD_PROJECT).map(([name, text]) => ({ name, text: String(text) })),
      { name: '模型.onnx', text: 'a' },
      { name: 'QQQQ.onnx', text: 'b' },
    ]),
    'QQQQ.onnx',
    encodeIn('gbk', '模型.onnx') ?? zip,
  );
  const cwd = folder({ 'x.zip': both });
  const run = await kplugin(['pack', '--from', 'x.zip', '-o', 'o.zip'], { cwd });
  expect(run.code).toBe(1);
  expect(existsSync(join(cwd, 'o.zip'))).toBe(false);
});

it.runIf(process.platform === 'linux')(
  'refuses such a name in a project with the command that renames it',
  async () => {
    const cwd = folder(GOOD_PROJECT);
    const bytes = encodeIn('gbk', '模型.onnx') ?? Buffer.of();
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), bytes]), 'x');
    const run = await kplugin(['pack', '-o', 'o.zip', '--json'], { cwd });
    const { findings } = JSON.parse(run.stdout).error;
    expect(findings).toMatchObject([{ rule: 'entry-name-encoding', severity: 'error' }]);
    expect(findings[0].message).toMatch(/probably GBK \(Chinese Windows\): "模型.onnx"$/);
    expect(existsSync(join(cwd, 'o.zip'))).toBe(false);
    const [, command = ''] = findings[0].hint.split(': ');
    expect(spawnSync('bash', ['-c', command], { cwd }).status).toBe(0);
    expect(await kplugin(['pack', '-o', 'o.zip'], { cwd })).toMatchObject({ code: 0 });
    expect(await namesOf(join(cwd, 'o.zip'))).toContain('模型.onnx');
  },
);
