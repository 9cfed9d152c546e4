import { expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { craftZip } from '../fixtures/crafted-zip.ts';
import { encodeIn } from '../fixtures/encode.ts';
import { renamedBytes, withDamage } from '../fixtures/hostile-zip.ts';
import { makeZip, type ZipEntrySpec } from '../fixtures/make-zip.ts';
import { temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();

const manifest = JSON.stringify({
  version: '1.0.0',
  language: 'go',
  executable: 'run',
  sources: ['psrc'],
});
const GOOD: readonly ZipEntrySpec[] = [
  { name: 'probe.json', text: manifest },
  { name: 'run', text: '#!/bin/sh\nexec true\n', mode: '755' },
  { name: 'sources/', dir: true },
  { name: 'sources/psrc.yaml', text: 'default: {}\n' },
];
/** Has a hint of its own in every zip: `it writes 0644`. */
const PRIVATE: ZipEntrySpec = { name: 'a.txt', text: 'ABCDEFG'.repeat(9), mode: '100600' };
const zip = (...more: readonly ZipEntrySpec[]): Buffer => makeZip([PRIVATE, ...GOOD, ...more]);
const crafted = GOOD.map(({ name, text }) => ({ name, content: text ?? '' }));
const owned = { name: 'a.txt', content: 'x', attributes: 0o100600 * 0x10000 };

function foreign(label: string, name: string): Buffer {
  const bytes = encodeIn(label, name);
  if (bytes === null) throw new Error(`${name} cannot be written in ${label}`);
  const blank = 'Q'.repeat(bytes.length);
  return renamedBytes(zip({ name: blank, text: 'x' }), blank, bytes);
}

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly hint: string;
  readonly effect: string;
}

async function findingsOf(file: string, cwd: string): Promise<readonly Told[]> {
  const { stdout } = await kplugin(['validate', file, '--json'], { cwd });
  return (JSON.parse(stdout) as { readonly data: { readonly findings: readonly Told[] } }).data
    .findings;
}

const COMMAND = /Run kplugin (pack --from x\.zip(?: --name-encoding \S+?)?)(?:,[^:]*)?: /;
const AGAIN = 'Make the package again with kplugin pack in the project: ';

test.each<[string, Buffer, 'repacked' | 'made again']>([
  ['a mode', zip(), 'repacked'],
  ['no mode for the program', makeZip(GOOD.map((one) => ({ ...one, made: 'fat' }))), 'repacked'],
  ['setuid', zip({ name: 'helper', text: '', mode: '104755' }), 'repacked'],
  ['a link', zip({ name: 'cur', text: 'run', mode: '120777' }), 'repacked'],
  ['two cases', zip({ name: 'A.txt', text: '' }), 'repacked'],
  ['a backslash', zip({ name: 'lib\\a.py', text: '' }), 'repacked'],
  ['no parent', zip({ name: 'm/v1/x', text: '' }), 'repacked'],
  ['junk', zip({ name: '.DS_Store', text: '' }), 'repacked'],
  ['a secret', zip({ name: '.env', text: 'A=1' }), 'repacked'],
  ['bytes behind the end', Buffer.concat([zip(), Buffer.from('zz')]), 'repacked'],
  [
    'in a folder',
    makeZip([PRIVATE, ...GOOD].map((one) => ({ ...one, name: `p/${one.name}` }))),
    'repacked',
  ],
  ['a name in GBK', foreign('gbk', '模型文件名字'), 'repacked'],
  ['a name in one of several', foreign('windows-1251', 'ж'), 'repacked'],
  ['a link to nothing', zip({ name: 'cur', text: 'nope', mode: '120777' }), 'made again'],
  [
    'links in a circle',
    zip({ name: 'b', text: 'c', mode: '120777' }, { name: 'c', text: 'b', mode: '120777' }),
    'made again',
  ],
  [
    'a link that leads out',
    zip({ name: 'cur', text: '../../etc/x', mode: '120777' }),
    'made again',
  ],
  [
    'a file above a file',
    zip({ name: 'lib', text: '' }, { name: 'lib/a.py', text: '' }),
    'made again',
  ],
  ['a file twice', zip({ name: './a.txt', text: '' }), 'made again'],
  ['a name that leads out', zip({ name: '../../evil', text: '' }), 'made again'],
  ['a name for no system', zip({ name: 'n'.repeat(300), text: '' }), 'made again'],
  ['a wrong manifest', zip({ name: 'sources/psrc.json', text: '{' }), 'made again'],
  ['a changed byte', withDamage(zip()), 'made again'],
  [
    'another compression',
    craftZip({ entries: [owned, ...crafted, { name: 'b', content: 'x', method: 12 }] }),
    'made again',
  ],
  [
    'an encrypted entry',
    craftZip({
      entries: [owned, ...crafted, { name: 'b', content: 'x', flags: 1, central: { crc: 1 } }],
    }),
    'made again',
  ],
])('%s: the repair that is told can be done', async (_, bytes, way) => {
  const cwd = folder({ 'x.zip': bytes });
  const told = (await findingsOf('x.zip', cwd)).filter(
    ({ hint }) => hint.includes(AGAIN) || COMMAND.test(hint),
  );
  expect(told.length).toBeGreaterThan(0);
  if (way === 'made again') {
    expect(told.filter(({ hint }) => !hint.includes(AGAIN))).toEqual([]);
    expect((await kplugin(['pack', '--from', 'x.zip', '-o', 'o.zip'], { cwd })).code).not.toBe(0);
    return;
  }
  for (const { hint } of told) {
    const words = (COMMAND.exec(hint)?.[1] ?? hint).split(' ');
    expect(await kplugin([...words, '-o', 'o.zip'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'o.zip\n',
    });
    const after = (await findingsOf('o.zip', cwd)).map(({ rule }) => rule);
    expect(told.filter(({ rule }) => after.includes(rule))).toEqual([]);
  }
});

test('pack of a file offers --from only where it would write a package', async () => {
  const clash = [
    { name: 'lib', text: 'x' },
    { name: 'lib/a.py', text: 'y' },
  ];
  const cwd = folder({ 'good.zip': zip(), 'clash.zip': zip(...clash), 'x.txt': 'hi' });
  const hintOf = async (file: string): Promise<string> => {
    const { stdout, code } = await kplugin(['pack', file, '--json'], { cwd });
    expect(code).toBe(2);
    return (JSON.parse(stdout) as { readonly error: { readonly hint: string } }).error.hint;
  };
  expect(await hintOf('good.zip')).toBe('kplugin pack --from good.zip\n(packs a wrong zip anew)');
  for (const file of ['clash.zip', 'x.txt']) {
    expect(await hintOf(file)).toMatch(new RegExp(`^give the .*: kplugin validate ${file}$`));
  }
});
