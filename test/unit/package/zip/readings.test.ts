import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openZipView } from '../../../../src/package/zip-view.ts';
import {
  type CraftedEntry,
  craftZip,
  extraField,
  manyFiles,
} from '../../../fixtures/crafted-zip.ts';

const JSON_FILE: CraftedEntry = { name: 'p.json', content: '{"language":"python"}' };
const PROGRAM: CraftedEntry = { name: 'main.py', content: 'print(1)\n'.repeat(20) };
const SCRIPT: CraftedEntry = { name: 'install.sh', content: 'id\n' };
const TWO = [JSON_FILE, PROGRAM];

/** A whole zip, as it would hide in another. */
const HIDDEN = craftZip({ entries: [SCRIPT] });

/** The comment of its end record is an end record. */
function endInComment(): Buffer {
  const zip = craftZip({ entries: TWO });
  return craftZip({ entries: TWO, comment: zip.subarray(-22) });
}

/** More entries than 16 bits can count, without zip64. */
function wrapped(): Buffer {
  const zip = manyFiles(65_537);
  const end = Buffer.from(zip.subarray(-22));
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(65_537 * 53, 12);
  end.writeUInt32LE(65_537 * 37, 16);
  return Buffer.concat([zip.subarray(0, -98), end]);
}

async function problemsOf(zip: Buffer) {
  const view = await openZipView(zip);
  await view.verify();
  await view.close();
  return view.problems;
}

/** Bytes behind the end of the deflated data, as part of the packed data. */
function withTail(tail: Buffer, content: string | Buffer = 'print(1)\n'): Buffer {
  return craftZip({ entries: [JSON_FILE, { name: 'main.py', content, tail }] });
}

const LARGE = randomBytes(2 * 1024 ** 2);

/** A header that a program may show although it cannot unpack what is behind it. */
function oddEntry(field: number, value: number): Buffer {
  const entry = Buffer.from(HIDDEN.subarray(0, 50));
  entry.writeUInt16LE(value, field);
  return craftZip({ entries: [JSON_FILE, { ...PROGRAM, gap: entry }] });
}

const unicodePath = (name: string, path: string) => {
  const data = Buffer.alloc(5 + Buffer.byteLength(path));
  data.writeUInt8(1, 0);
  data.writeUInt32LE(crc32(name), 1);
  data.write(path, 5);
  return extraField(0x7075, data);
};

describe('a zip that other programs read otherwise is ambiguous', () => {
  it.each<[string, Buffer, RegExp]>([
    [
      'a zip64 end record that Go does not look for',
      craftZip({ entries: TWO, zip64: { records: 1n } }),
      /two tables of contents: eKuiper reads one with 2 entries/,
    ],
    [
      'one that names another offset',
      craftZip({ entries: TWO, zip64: { offset: 7n } }),
      /two tables of contents/,
    ],
    [
      'a locator with another number of disks, which Go does not follow',
      craftZip({ entries: TWO, zip64: { disks: 2, size: 1n } }),
      /two tables of contents/,
    ],
    [
      'a locator that leads to nothing',
      craftZip({ entries: TWO, zip64: { at: 3n } }),
      /zip64 locator/,
    ],
    [
      'a saturated end record beside one that is not',
      craftZip({ entries: TWO, zip64: { saturate: true }, end: { records: 0xffff, offset: 3 } }),
      /different tables of contents/,
    ],
    ['an end record in the comment of another', endInComment(), /two end records/],
    ['a count that wraps', wrapped(), /says 1 entry, and its table of contents has 65537/],
    [
      'a directory size that is too small',
      craftZip({ entries: TWO, end: { size: 60 } }),
      /60 bytes, and it has/,
    ],
    [
      'bytes behind the directory',
      craftZip({ entries: TWO, behindDirectory: Buffer.alloc(4) }),
      /between its table of contents and its end record/,
    ],
    [
      'another directory behind the directory',
      craftZip({ entries: TWO, behindDirectory: HIDDEN }),
      /between its table of contents and its end record/,
    ],
    [
      'a whole zip in front',
      craftZip({ entries: TWO, prefix: HIDDEN }),
      /in front of its first entry hold an entry/,
    ],
    [
      'an offset that is off by the prefix, onto another directory',
      craftZip({ entries: TWO, prefix: HIDDEN, shifted: false }),
      /in front of its first entry hold an entry/,
    ],
    [
      'an entry that the directory does not list',
      craftZip({ entries: [JSON_FILE, { ...PROGRAM, gap: HIDDEN.subarray(0, 50) }] }),
      /between its entries hold an entry/,
    ],
    [
      'a table of contents in front of its own',
      craftZip({ entries: TWO, beforeDirectory: HIDDEN.subarray(HIDDEN.indexOf('PK\x01\x02')) }),
      /between its last entry and its table of contents hold part/,
    ],
    [
      'an entry behind the end',
      craftZip({ entries: TWO, trailing: HIDDEN.subarray(0, 50) }),
      /behind its end hold an entry/,
    ],
    [
      'another name in front of the data',
      craftZip({ entries: [JSON_FILE, { ...PROGRAM, local: { name: 'main.sh' } }] }),
      /has the name "main.sh"/,
    ],
    [
      'another method in front of the data',
      craftZip({ entries: [{ ...PROGRAM, local: { method: 0 } }] }),
      /method 8 in the table of contents and 0/,
    ],
    [
      'another packed size in front of the data',
      craftZip({ entries: [{ ...PROGRAM, local: { packedSize: 3 } }] }),
      /and 3 by its own header/,
    ],
    [
      'encrypted by one header only',
      craftZip({ entries: [{ ...PROGRAM, local: { flags: 1 } }] }),
      /only one of its two headers/,
    ],
    [
      'another name in a Unicode path field',
      craftZip({ entries: [{ ...PROGRAM, extra: unicodePath('main.py', 'install.sh') }] }),
      /go by its Unicode path field the name "install.sh"/,
    ],
    [
      'an entry behind deflated data',
      withTail(HIDDEN.subarray(0, 50)),
      /^50 bytes behind the end of its compressed data hold an entry/m,
    ],
    [
      'a table of contents behind it',
      withTail(HIDDEN.subarray(HIDDEN.indexOf('PK\x01\x02'))),
      /compressed data hold part of a table/,
    ],
    [
      'an entry behind what is read piece by piece',
      withTail(HIDDEN, LARGE),
      /behind the end of its compressed data hold an entry/,
    ],
    ['an entry of version 99', oddEntry(4, 99), /between its entries hold an entry/],
    ['an entry of version 25.5', oddEntry(4, 255), /between its entries hold an entry/],
    ['an entry of method 97', oddEntry(8, 97), /between its entries hold an entry/],
    ['an entry of method 1', oddEntry(8, 1), /between its entries hold an entry/],
    [
      'an entry in the data of a folder',
      craftZip({ entries: [{ name: 'lib/', content: HIDDEN, method: 0 }] }),
      /in the data of a folder hold an entry/,
    ],
    [
      'another name in the Unicode path field in front of the data alone',
      craftZip({
        entries: [{ ...PROGRAM, local: { extra: unicodePath('main.py', 'install.sh') } }],
      }),
      /go by its Unicode path field the name "install.sh"/,
    ],
    [
      'another name in the second Unicode path field',
      craftZip({
        entries: [
          {
            ...PROGRAM,
            extra: Buffer.concat([
              unicodePath('main.py', 'main.py'),
              unicodePath('main.py', 'install.sh'),
            ]),
          },
        ],
      }),
      /go by its Unicode path field the name "install.sh"/,
    ],
    [
      'another size in front of the data',
      craftZip({ entries: [{ ...PROGRAM, local: { size: 9 } }] }),
      /unpacks to 180 bytes by the table of contents and to 9 by its own header/,
    ],
    [
      'another size in front of the data of a stored entry',
      craftZip({ entries: [{ ...PROGRAM, method: 0, local: { size: 9 } }] }),
      /unpacks to 180 bytes by the table of contents and to 9 by its own header/,
    ],
    [
      'another size in front of the data with a descriptor',
      craftZip({ entries: [{ ...PROGRAM, descriptor: 'signed', local: { size: 9 } }] }),
      /to 9 by its own header/,
    ],
    [
      'another checksum in front of the data',
      craftZip({ entries: [{ ...PROGRAM, local: { crc: 1 } }] }),
      /checksum is [0-9a-f]{8} by the table of contents and 00000001 by its own header/,
    ],
    [
      'two zip64 fields',
      craftZip({
        entries: [{ ...PROGRAM, zip64: true, extra: extraField(1, Buffer.alloc(24)) }],
      }),
      /two zip64 fields/,
    ],
    [
      'a directory in the middle',
      craftZip({ entries: TWO, behindDirectory: HIDDEN.subarray(0, 60), end: { size: 103 + 60 } }),
      /bytes, and it has|between its table of contents and its end record/,
    ],
  ])('%s', async (_title, zip, detail) => {
    const problems = await problemsOf(zip);
    expect(problems.map(({ kind }) => kind)).toContain('ambiguous');
    expect(problems.map(({ detail: text }) => text).join('\n')).toMatch(detail);
  });

  it('entries on the same bytes are told without reading any', async () => {
    const content = Buffer.alloc(400_000, 'x');
    const more = Array.from({ length: 250 }, (_, at) => ({ name: `f${at}`, sameAs: 0 }));
    const view = await openZipView(craftZip({ entries: [{ name: 'big', content }, ...more] }));
    expect(view.problems.at(-1)).toEqual({
      kind: 'overlap',
      entry: null,
      detail: 'big and f0 lie on the same bytes of the zip, and so do 249 more',
    });
  });
});

describe('what eKuiper takes is a warning', () => {
  it.each<[string, Buffer, RegExp]>([
    [
      'a line feed behind the end',
      craftZip({ entries: TWO, trailing: Buffer.from('\n') }),
      /^1 byte behind its end is not part of any entry/,
    ],
    [
      '300 zero bytes behind it',
      craftZip({ entries: TWO, trailing: Buffer.alloc(300) }),
      /^300 bytes behind its end/,
    ],
    [
      'a comment that is longer than its length',
      craftZip({ entries: TWO, comment: Buffer.from('hello world'), commentLength: 5 }),
      /^6 bytes behind its end/,
    ],
    [
      'a stub in front that the offsets know of',
      craftZip({ entries: TWO, prefix: Buffer.from('#!/bin/sh\n') }),
      /^10 bytes in front of its first entry/,
    ],
    [
      'a stub in front that they do not know of',
      craftZip({ entries: TWO, prefix: Buffer.from('#!/bin/sh\n'), shifted: false }),
      /^10 bytes in front of its first entry/,
    ],
    [
      'a gap',
      craftZip({ entries: [JSON_FILE, { ...PROGRAM, gap: Buffer.alloc(9) }] }),
      /^9 bytes between its entries/,
    ],
    [
      'padding before the directory',
      craftZip({ entries: TWO, beforeDirectory: Buffer.alloc(64) }),
      /^64 bytes between its last/,
    ],
    ['a disk number', craftZip({ entries: TWO, end: { disk: 1 } }), /several disks/],
    [
      'a number of entries on this disk',
      craftZip({ entries: TWO, end: { recordsHere: 1 } }),
      /several disks/,
    ],
    [
      'an extra field that is truncated',
      craftZip({ entries: [{ ...PROGRAM, extra: extraField(0x5455, Buffer.alloc(2), 99) }] }),
      /extra field of it is truncated/,
    ],
    [
      'one byte as extra field of the directory',
      craftZip({ entries: [{ ...PROGRAM, extra: Buffer.alloc(1) }] }),
      /extra field of it is truncated/,
    ],
    [
      'one byte behind a whole extra field',
      craftZip({
        entries: [
          {
            ...PROGRAM,
            extra: Buffer.concat([extraField(0x5455, Buffer.alloc(2)), Buffer.alloc(1)]),
          },
        ],
      }),
      /extra field of it is truncated/,
    ],
    [
      'one byte as extra field of the local header',
      craftZip({ entries: [{ ...PROGRAM, local: { extra: Buffer.from('x') } }] }),
      /extra field of it is truncated/,
    ],
    [
      'a disk number of an entry',
      craftZip({ entries: [{ ...PROGRAM, disk: 7 }] }),
      /its data is on disk 7 of several/,
    ],
    [
      'a disk number that only a zip64 field could hold, and no such field',
      craftZip({ entries: [{ ...PROGRAM, disk: 0xffff }] }),
      /its data is on disk 65535 of several/,
    ],
    [
      'a byte behind deflated data',
      withTail(Buffer.from('x')),
      /^1 byte behind the end of its compressed data is not part of any entry$/,
    ],
    [
      'bytes behind what is read piece by piece',
      withTail(Buffer.alloc(7), LARGE),
      /^7 bytes behind the end of its compressed data are not/,
    ],
    [
      'data of a folder',
      craftZip({ entries: [{ name: 'lib/', content: 'abc', method: 0 }] }),
      /^3 bytes in the data of a folder are not part/,
    ],
    [
      'a mark of encryption',
      craftZip({ entries: [{ ...PROGRAM, flags: 1 }] }),
      /marked as encrypted, but its content is not/,
    ],
    [
      'a name in GBK',
      craftZip({ entries: [{ ...PROGRAM, name: Buffer.from([0xc4, 0xa3, 0xd0, 0xcd]) }] }),
      /probably GBK \(Chinese Windows\): "模型"/,
    ],
  ])('%s', async (_title, zip, detail) => {
    const problems = await problemsOf(zip);
    expect(problems.map(({ kind }) => kind)).toSatisfy((kinds: string[]) =>
      kinds.every((kind) => kind === 'untidy' || kind === 'foreign-name'),
    );
    expect(problems.map(({ detail: text }) => text).join('\n')).toMatch(detail);
  });
});

describe('what packing programs write is neither', () => {
  it.each<[string, Buffer]>([
    ['a comment', craftZip({ entries: TWO, comment: Buffer.from('made by hand') })],
    ['zip64 that says the same', craftZip({ entries: TWO, zip64: {} })],
    ['zip64 that counts', craftZip({ entries: TWO, zip64: { saturate: true } })],
    ['zip64 fields of entries', craftZip({ entries: [{ ...PROGRAM, zip64: true }] })],
    ['data descriptors', craftZip({ entries: [{ ...JSON_FILE, descriptor: 'signed' }, PROGRAM] })],
    ['without signature', craftZip({ entries: [{ ...JSON_FILE, descriptor: 'bare' }, PROGRAM] })],
    ['of 64 bits', craftZip({ entries: [{ ...JSON_FILE, descriptor: 'wide' }, PROGRAM] })],
    ['stored entries', craftZip({ entries: [{ ...JSON_FILE, method: 0 }] })],
    [
      'a zip in it, stored, as its last entry',
      craftZip({ entries: [{ name: 'in.zip', content: HIDDEN, method: 0 }] }),
    ],
    [
      'a Unicode path that is the name',
      craftZip({ entries: [{ ...PROGRAM, extra: unicodePath('main.py', 'main.py') }] }),
    ],
    ['a folder in deflated form', craftZip({ entries: [{ name: 'lib/' }] })],
    [
      'a Unicode path in front of the data that is the name',
      craftZip({ entries: [{ ...PROGRAM, local: { extra: unicodePath('main.py', 'main.py') } }] }),
    ],
    [
      'zeros that align the data',
      craftZip({ entries: [{ ...PROGRAM, local: { extra: Buffer.alloc(3) } }] }),
    ],
    ['UTF-8 without its flag', craftZip({ entries: [{ ...PROGRAM, name: '模型.onnx' }] })],
  ])('%s', async (_title, zip) => {
    expect(await problemsOf(zip)).toEqual([]);
  });
});

/** The last header of the directory claims a comment that goes beyond the file. */
function overEnd(): Buffer {
  const zip = craftZip({ entries: TWO });
  zip.writeUInt16LE(999, zip.lastIndexOf('PK\x01\x02') + 32);
  return zip;
}

it('the disk number of an entry may be in its zip64 field', async () => {
  const zip = craftZip({ entries: [{ ...PROGRAM, zip64: true, disk: 0xffff }] });
  expect(await problemsOf(zip)).toEqual([]);
});

describe('what Go refuses is told with its words', () => {
  it.each<[string, Buffer, string]>([
    [
      'a directory size that is too large',
      craftZip({ entries: TWO, end: { size: 5000 } }),
      'zip: not a valid zip file',
    ],
    [
      'a count that is too small',
      craftZip({ entries: TWO, end: { records: 1 } }),
      'unexpected EOF',
    ],
    [
      'a comment that is truncated',
      craftZip({ entries: TWO, commentLength: 9 }),
      'zip: not a valid zip file',
    ],
    ['a comment of an entry that reaches over the end record', overEnd(), 'unexpected EOF'],
    [
      'zip64 that leads to nothing',
      craftZip({ entries: TWO, zip64: { saturate: true, at: 2n } }),
      'zip: not a valid zip file',
    ],
    [
      'a wrong checksum',
      craftZip({ entries: [{ ...PROGRAM, central: { crc: 1 } }] }),
      'zip: checksum error',
    ],
    [
      'a wrong data descriptor',
      craftZip({ entries: [{ ...PROGRAM, descriptor: 'wrong' }] }),
      'zip: checksum error',
    ],
    [
      'none where there should be one',
      craftZip({ entries: [{ ...PROGRAM, descriptor: 'missing' }] }),
      'zip: checksum error',
    ],
    [
      'a size that is too large',
      craftZip({ entries: [{ ...PROGRAM, central: { size: 999 } }] }),
      'unexpected EOF',
    ],
    [
      'a size that is too small',
      craftZip({ entries: [{ ...PROGRAM, central: { size: 9 } }] }),
      'zip: not a valid zip file',
    ],
    [
      'a stored entry with two sizes',
      craftZip({ entries: [{ ...PROGRAM, method: 0, central: { size: 9 } }] }),
      'zip: not a valid zip file',
    ],
  ])('%s', async (_title, zip, answer) => {
    expect((await problemsOf(zip)).map((problem) => problem.answer)).toContain(answer);
  });
});

it('a zip without entries has nothing in front of its first one', async () => {
  const end = craftZip({ entries: [] }).subarray(-22);
  const zips = [
    Buffer.concat([craftZip({ entries: TWO }), end]),
    Buffer.concat([Buffer.from('MZ'), end]),
  ];
  for (const zip of zips) {
    const details = (await problemsOf(zip)).map(({ detail }) => detail).join('\n');
    expect(details).toContain('in front of its table of contents, which is empty,');
    expect(details).not.toContain('first entry');
  }
});
