import { describe, expect, it } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { craftZip } from '../fixtures/crafted-zip.ts';
import { renamedBytes } from '../fixtures/hostile-zip.ts';
import { temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();

const MANIFEST = JSON.stringify({
  version: '1.0.0',
  language: 'python',
  executable: 'main.py',
  sources: [],
  sinks: [],
  functions: ['shout'],
});
const ENTRIES = [
  { name: 'probe.json', content: MANIFEST },
  { name: 'main.py', content: '#!/usr/bin/env python3\n', mode: 0o100755 },
];
const SOUND = craftZip({ entries: ENTRIES });
const GBK = renamedBytes(
  craftZip({ entries: [...ENTRIES, { name: 'moxi.onnx', content: 'x' }] }),
  'moxi',
  Buffer.from([0xc4, 0xa3, 0xd0, 0xcd]),
);
const TWO_ENDS = twoEnds();

/** A zip whose end record has another one in its comment: Go goes by the last, other programs by the first. */
function twoEnds(): Buffer {
  const end = SOUND.subarray(SOUND.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')));
  const outer = Buffer.from(end);
  outer.writeUInt16LE(end.length, 20);
  return Buffer.concat([SOUND.subarray(0, SOUND.length - end.length), outer, end]);
}

describe('a zip is judged the same by every command', () => {
  it.each<[string, Buffer, number]>([
    ['sound', SOUND, 0],
    ['bytes behind its end', Buffer.concat([SOUND, Buffer.from('\n')]), 0],
    ['bytes in front', Buffer.concat([Buffer.from('MZ'), SOUND]), 0],
    ['a name in GBK', GBK, 0],
    ['two end records', TWO_ENDS, 1],
    ['no zip', Buffer.from('hello'), 1],
  ])('%s', async (_, zip, code) => {
    const cwd = folder({ 'probe.zip': zip });
    for (const args of [['validate'], ['inspect'], ['inspect', '--list']]) {
      const plain = await kplugin([...args, 'probe.zip'], { cwd });
      expect({ args, code: plain.code }).toEqual({ args, code });
      const json = await kplugin([...args, 'probe.zip', '--json'], { cwd });
      expect({ args, ok: JSON.parse(json.stdout).ok }).toEqual({ args, ok: code === 0 });
    }
  });

  it.each(['test', 'serve', 'inspect'])(
    '%s says of one that can be read in two ways that it cannot be checked',
    async (command) => {
      const cwd = folder({ 'probe.zip': TWO_ENDS });
      const listen = command === 'serve' ? ['--listen', '127.0.0.1:0'] : [];
      const { code, stdout } = await kplugin([command, 'probe.zip', '--json', ...listen], { cwd });
      const { error } = JSON.parse(stdout);
      expect(code).toBe(1);
      expect(error).toMatchObject({
        code: 'package-ambiguous',
        message: 'the package can be read in two ways, so it cannot be checked',
      });
    },
  );
});

describe('validate refuses in a project what pack refuses', () => {
  it.each([
    ['a line feed', 'x\ny.txt'],
    ['another control character', 'x\u0007.txt'],
    ['a device of Windows', 'aux.py'],
    ['a character that Windows forbids', 'what?.txt'],
    ['a space at the end', 'x.txt '],
    ['a backslash', 'lib\\a.py'],
    ['a drive', 'C:\\a.py'],
    ['nothing odd', 'x.txt'],
  ])('%s', async (title, name) => {
    const cwd = folder({
      'probe.json': MANIFEST,
      'main.py': '#!/usr/bin/env python3\n',
      [name]: '',
    });
    const code = title === 'nothing odd' ? 0 : 1;
    const commands = [['validate'], ['pack', '--dry-run'], ['pack', '-o', 'out.zip']];
    for (const args of commands) {
      const run = await kplugin(args, { cwd });
      expect({ args, code: run.code }).toEqual({ args, code });
    }
  });
});
