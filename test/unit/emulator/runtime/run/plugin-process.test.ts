import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  commandOf,
  isForeignFormat,
} from '../../../../../src/emulator/runtime/run/plugin-process.ts';

const ARGUMENT = '{"sendTimeout":1000}';
const python = { language: 'python', executable: '/p/m.py', virtualEnvType: null, env: null };

describe('how eKuiper starts a plugin', () => {
  test.each([
    ['Go', { ...python, language: 'go', executable: '/p/m' }, '2.4', ['/p/m', ARGUMENT]],
    ['Python', python, '2.4', ['py', '-u', '/p/m.py', ARGUMENT]],
    ['Python before 2.1.1', python, '2.0', ['py', '/p/m.py', ARGUMENT]],
    [
      'conda',
      { ...python, virtualEnvType: 'conda', env: 'e1' },
      '2.4',
      ['conda', 'run', '-n', 'e1', 'py', '/p/m.py', ARGUMENT],
    ],
  ] as const)('%s', (_title, info, target, command) => {
    expect(commandOf(info, 'py', target)).toEqual(command);
  });
});

describe('what the kernel refuses to execute', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-format-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const elf = (machine: number): Buffer => {
    const header = Buffer.alloc(64);
    header.writeUInt32BE(0x7f454c46, 0);
    header[5] = 1;
    header.writeUInt16LE(machine, 18);
    return header;
  };

  test.each([
    ['a script', Buffer.from('#!/bin/sh\n'), false],
    ['text', Buffer.from('echo this has no first line for the kernel\n'), true],
    ['nothing', Buffer.alloc(0), true],
    ['a program for this machine', elf(62), false],
    ['a program for another', elf(183), true],
  ])('%s: %s', async (_title, content, foreign) => {
    const file = path.join(folder, 'program');
    await writeFile(file, content);
    const machine = { platform: 'linux', architecture: 'x64' } as const;
    expect(await isForeignFormat(file, machine)).toBe(foreign);
  });

  test('a missing file is left to the start', async () => {
    const machine = { platform: 'linux', architecture: 'x64' } as const;
    expect(await isForeignFormat(path.join(folder, 'none'), machine)).toBe(false);
  });
});
