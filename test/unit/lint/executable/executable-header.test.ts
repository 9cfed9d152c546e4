import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HEADER_BYTES,
  readExecutableHeader,
  readShebang,
  scriptProgram,
} from '../../../../src/lint/executable/executable-header.ts';
import { elf, machO, pe } from './binaries.ts';

const AMD64 = 0x01000007;
const ARM64 = 0x0100000c;

describe('ELF', () => {
  test.each([
    ['amd64', elf({ machine: 62 })],
    ['arm64', elf({ machine: 183 })],
    ['arm', elf({ machine: 40, bits: 32 })],
    ['386', elf({ machine: 3, bits: 32 })],
    ['mipsle', elf({ machine: 8, bits: 32 })],
    ['mips64', elf({ machine: 8, big: true })],
    ['ppc64le', elf({ machine: 21 })],
    ['s390x', elf({ machine: 22, big: true })],
    ['riscv64', elf({ machine: 243 })],
    ['machine 999', elf({ machine: 999 })],
  ])('for %s', (machine, bytes) => {
    expect(readExecutableHeader(bytes)).toMatchObject({ format: 'elf', machine, libc: 'none' });
  });

  test.each([
    ['/lib64/ld-linux-x86-64.so.2', 'glibc'],
    ['/lib/ld-linux-armhf.so.3', 'glibc'],
    ['/lib64/ld64.so.2', 'glibc'],
    ['/lib/ld-linux.so.2', 'glibc'],
    ['/lib/ld-musl-aarch64.so.1', 'musl'],
    ['/system/bin/linker64', 'other'],
    ['/lib/ld-uClibc.so.0', 'other'],
  ])('%s is of %s', (interpreter, libc) => {
    for (const shape of [{}, { bits: 32 as const }, { big: true }]) {
      const header = readExecutableHeader(elf({ interpreter, ...shape }));
      expect(header).toMatchObject({ interpreter, libc });
    }
  });

  test.each([
    [1, 'relocatable'],
    [2, 'executable'],
    [3, 'shared'],
    [4, 'other'],
  ])('type %i', (type, name) => {
    expect(readExecutableHeader(elf({ type }))).toMatchObject({ type: name });
  });

  test('this very Node.js', ({ skip }) => {
    if (process.platform !== 'linux') skip('Node.js is an ELF program on Linux only');
    const bytes = readFileSync(process.execPath).subarray(0, HEADER_BYTES);
    const header = readExecutableHeader(bytes);
    const machine = process.arch === 'x64' ? 'amd64' : process.arch;
    expect(header).toMatchObject({ format: 'elf', machine });
    expect(header.format === 'elf' && header.interpreter).toMatch(/^\/lib/);
  });
});

test.each([
  ['Windows, amd64', pe(0x8664), { format: 'pe', machine: 'amd64' }],
  ['Windows, arm64', pe(0xaa64), { format: 'pe', machine: 'arm64' }],
  ['macOS, arm64', machO(ARM64), { format: 'mach-o', machines: ['arm64'] }],
  ['macOS, both', machO(AMD64, ARM64), { format: 'mach-o', machines: ['amd64', 'arm64'] }],
  ['nothing', new Uint8Array(), { format: 'empty' }],
  ['a text', text('import os\n'), { format: 'unknown', byteOrderMark: false }],
  ['a text with BOM', text('\ufeff#!/bin/sh\n'), { format: 'unknown', byteOrderMark: true }],
  ['a DOS program', text(`MZ${' '.repeat(100)}`), { format: 'unknown', byteOrderMark: false }],
  ['a Java class', bytesOf(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65), { format: 'unknown' }],
])('%s', (_, bytes, expected) => {
  expect(readExecutableHeader(bytes)).toMatchObject(expected);
});

test('any bytes, and any start of a good file, have an answer', () => {
  const whole = elf({ interpreter: '/lib/ld-musl-x86_64.so.1' });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(whole.length).map((length) => whole.slice(0, length)),
        fc
          .uint8Array({ minLength: 60, maxLength: 90 })
          .map((tail) => bytesOf(...elfStart(), ...tail)),
      ),
      (bytes) => {
        expect(readExecutableHeader(bytes)).toHaveProperty('format');
      },
    ),
  );
});

function elfStart(): number[] {
  return [0x7f, 0x45, 0x4c, 0x46, 2, 1];
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function bytesOf(...bytes: readonly number[]): Uint8Array {
  return Uint8Array.from(bytes);
}

describe('a #! line', () => {
  test.each([
    ['#!/bin/sh\n', '/bin/sh', null, false, 'sh'],
    ['#! /bin/sh -eu\n', '/bin/sh', '-eu', false, 'sh'],
    ['#!/bin/sh\r\n', '/bin/sh', null, true, 'sh'],
    ['#!/usr/bin/env python3\r\n', '/usr/bin/env', 'python3', true, 'python3'],
    ['#!/usr/bin/env -S python3 -u\n', '/usr/bin/env', '-S python3 -u', false, 'python3'],
    ['#!/usr/bin/env A=1 node\n', '/usr/bin/env', 'A=1 node', false, 'node'],
    ['#!/bin/sh', '/bin/sh', null, false, 'sh'],
    ['#!\n', '', null, false, ''],
    ['#!python3\n', 'python3', null, false, 'python3'],
  ])('%j', (content, interpreter, argument, crlf, program) => {
    const shebang = readShebang(new TextEncoder().encode(content));
    expect(shebang).toEqual({ format: 'script', interpreter, argument, crlf });
    expect(shebang && scriptProgram(shebang)).toBe(program);
  });

  test.each(['', '#', ' #!/bin/sh', '\ufeff#!/bin/sh', 'print(1)'])(
    '%j is no script',
    (content) => {
      expect(readShebang(new TextEncoder().encode(content))).toBeNull();
    },
  );
});
