import { generateKeyPairSync } from 'node:crypto';
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { secretInCompressed } from '../../../../src/model/secrets/compressed.ts';
import { searchBytes } from '../../../../src/model/secrets/secret-search.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const PEM = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const MIB = 1024 ** 2;
const TAR = Buffer.concat([Buffer.alloc(512, 'x'), PEM, Buffer.alloc(2048)]);

/** An entry as it lies in a zip; sizes of 0 as where a data descriptor follows. */
function entry(content: Buffer, { hasSizes = true, flags = 0, method = 8 } = {}): Buffer {
  const packed = deflateRawSync(content);
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  if (hasSizes) header.writeUInt32LE(packed.length, 18);
  header.writeUInt16LE(1, 26);
  return Buffer.concat([header, Buffer.from('a'), packed]);
}

function withWrongChecksum(gzip: Buffer): Buffer {
  gzip.writeUInt32LE(0, gzip.length - 8);
  return gzip;
}

/** With an extra field, a name, a comment and a checksum of the header (RFC 1952, 2.3). */
function withNames(gzip: Buffer): Buffer {
  gzip[3] = 2 | 4 | 8 | 16;
  const fields = Buffer.from('\x03\x00abcname\x00comment\x00\xff\xff', 'latin1');
  return Buffer.concat([gzip.subarray(0, 10), fields, gzip.subarray(10)]);
}

/** Bytes that no deflated data holds at this place. */
function damaged(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 5000), Buffer.alloc(4000, 0x55)]);
}

function inLines(text: string, between: string): Buffer {
  return Buffer.from(`data: ${text.replace(/.{64}/g, `$&${between}`)}"`);
}

const twice = (bytes: Buffer): string => btoa(bytes.toString('base64'));
const texts = (all: readonly Buffer[]): string =>
  all.map((one) => `"${one.toString('base64')}"`).join(',\n');

const searched = (bytes: Buffer, left = 64 * MIB) => secretInCompressed(bytes, { left });
const noise = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 7919) % 251));

describe('what a compressed file holds', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(PEM)],
    ['a tar in gzip', gzipSync(TAR)],
    [
      'gzip that is truncated behind the key',
      gzipSync(Buffer.concat([PEM, noise])).subarray(0, -400),
    ],
    ['two members of gzip', Buffer.concat([gzipSync('a'), gzipSync(PEM)])],
    ['gzip that is truncated, all in one piece', gzipSync(PEM).subarray(0, -9)],
    ['gzip with a wrong checksum', withWrongChecksum(gzipSync(PEM))],
    ['gzip that is damaged behind the key', damaged(gzipSync(Buffer.concat([PEM, noise])))],
    ['gzip whose start unpacks to much', gzipSync(Buffer.concat([Buffer.alloc(2 * MIB), PEM]))],
    ['gzip with a name and a comment', withNames(gzipSync(PEM))],
    ['gzip behind a script', Buffer.concat([Buffer.from('#!/bin/sh\nexit\n'), gzipSync(TAR)])],
    ['a zip behind a line', Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), entry(PEM)])],
    ['a zip behind much', Buffer.concat([Buffer.alloc(3 * MIB - 7, 'x'), entry(PEM)])],
    ['gzip in a tar', Buffer.concat([Buffer.alloc(512), gzipSync(PEM), Buffer.alloc(512)])],
    ['a deflated entry', entry(PEM)],
    ['an entry whose size comes behind it', entry(PEM, { hasSizes: false })],
    ['zlib', deflateSync(PEM)],
    ...[1, 6, 9].map((level): [string, Buffer] => [
      `zlib in base64, level ${level}`,
      Buffer.from(`K = decompress(b64decode("${deflateSync(PEM, { level }).toString('base64')}"))`),
    ]),
    ['zlib that was made quickly', deflateSync(PEM, { level: 1 })],
    ['gzip in base64', Buffer.from(`release: ${gzipSync(PEM).toString('base64')}`)],
    ['gzip in base64 over several lines', inLines(gzipSync(PEM).toString('base64'), '\n  ')],
    ['gzip in base64 in a string', inLines(gzipSync(PEM).toString('base64'), '\\n')],
    ['gzip in base64 of base64', Buffer.from(`release: ${twice(gzipSync(PEM))}`)],
    ['the second gzip in base64', Buffer.from(texts([gzipSync('a'), gzipSync(PEM)]))],
    ['the second of two entries', Buffer.concat([entry(noise), entry(PEM)])],
    ['an entry that is large', entry(Buffer.concat([Buffer.alloc(2 * MIB, 'a'), PEM]))],
  ])('%s', async (_name, bytes) => {
    expect(searchBytes(bytes).isCompressed).toBe(true);
    expect(await searched(bytes)).toMatchObject({
      found: { what: 'a private key in compressed form', isPrivateKey: true, line: null },
      unsearched: null,
    });
  });

  it.each<[string, Buffer]>([
    ['gzip without secrets', gzipSync(noise)],
    ['a damaged gzip', Buffer.concat([gzipSync(noise).subarray(0, 2000), noise])],
    ['gzip whose start alone is there', gzipSync(PEM).subarray(0, 12)],
    ['a header alone', Buffer.from('PK\x03\x04', 'latin1')],
    // Each would cost a stream: none may, or 1 MB of them takes seconds.
    ['headers of gzip', Buffer.from('\x1f\x8b\x08\0\0\0\0\0\0\x03'.repeat(9_999), 'latin1')],
    ['gzip in base64 without secrets', Buffer.from(texts([gzipSync('a'), gzipSync(noise)]))],
    ['gzip in base64 that is none', Buffer.from('H4sI H4sIAAAA SDRzSUFB "H4sIxxxxxxxxxxxxxxx"')],
    [
      'words that begin like zlib in base64',
      Buffer.from(`eJwa eNo eJxyz "eAE" ${'eJwords and more '.repeat(9)}`),
    ],
    ['zlib without secrets', deflateSync(noise)],
    ['a text that begins like zlib', Buffer.from('x^2 + y^2 = z^2\n'.repeat(99))],
    ['headers without data', Buffer.from('PK\x03\x04'.repeat(5000), 'latin1')],
  ])('nothing in %s', async (_name, bytes) => {
    expect(await searched(bytes)).toEqual({ found: null, unsearched: null });
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(Buffer.concat([Buffer.alloc(2 * MIB), PEM]))],
    ['an entry', entry(Buffer.concat([Buffer.alloc(2 * MIB), PEM]))],
    ['entries', Buffer.concat(Array.from({ length: 10_001 }, () => entry(Buffer.from('a'))))],
  ])('says that a limit ended the search of %s', async (name, bytes) => {
    const budget = { left: name === 'entries' ? 64 * MIB : MIB };
    expect(await secretInCompressed(bytes, budget)).toEqual({ found: null, unsearched: 'limit' });
    expect(budget.left).toBeLessThan(64 * MIB);
  });

  it.each([
    ['an encrypted entry', { flags: 1 }, 'encrypted'],
    ['an encrypted entry that is stored', { flags: 1, method: 0 }, 'encrypted'],
    ['an entry in AES', { flags: 1, method: 99 }, 'encrypted'],
    ['an entry in deflate64', { method: 9 }, 'method'],
    ['an entry in bzip2', { method: 12 }, 'method'],
    ['an entry in LZMA', { method: 14 }, 'method'],
    ['an entry in zstd', { method: 93 }, 'method'],
  ])('says that it did not search %s, and searches on', async (_name, fields, unsearched) => {
    const sealed = entry(noise, fields);
    expect(await searched(sealed)).toEqual({ found: null, unsearched });
    const behind = Buffer.concat([entry(Buffer.from('a')), sealed, entry(Buffer.from('b'))]);
    expect(await searched(behind)).toEqual({ found: null, unsearched });
    const key = Buffer.concat([sealed, entry(PEM)]);
    expect(await searched(key)).toMatchObject({ found: { isPrivateKey: true } });
  });

  it('a key inside a compiled program, which a line can let in', async () => {
    const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01', 'latin1'), gzipSync(PEM)]);
    expect(await searched(program)).toMatchObject({ found: { isPrivateKey: false } });
  });

  const NAMED = Buffer.from('\x1f\x8b\x08\x08aaaa\x02\x03', 'latin1');
  const many = (count: number, one: Buffer): Buffer => Buffer.concat(Array(count).fill(one));

  it('unpacks once what many headers share: each is a part of the name of the one before', async () => {
    const budget = { left: 64 * MIB };
    const bytes = Buffer.concat([many(9_990, NAMED), Buffer.of(0), deflateRawSync(noise)]);
    expect(await secretInCompressed(bytes, budget)).toEqual({ found: null, unsearched: null });
    expect(64 * MIB - budget.left).toBeLessThan(2 * noise.length);
  });

  it('a header whose name does not end is no start, and costs nothing', async () => {
    const budget = { left: MIB };
    const search = await secretInCompressed(many(20_000, NAMED), budget);
    expect([search, budget.left]).toEqual([{ found: null, unsearched: null }, MIB]);
  });

  it('each start costs the budget that all files of a package share', async () => {
    const budget = { left: 64 * MIB };
    const file = many(200, gzipSync('x'));
    const ends: unknown[] = [];
    for (let at = 0; at < 400; at += 1)
      ends.push((await secretInCompressed(file, budget)).unsearched);
    expect(ends.indexOf('limit')).toBeGreaterThan(100);
    expect(ends.indexOf('limit')).toBeLessThan(200);
    expect(ends.at(-1)).toBe('limit');
  });

  it('all files of a package share how many members are unpacked, and one file is limited by itself', async () => {
    const budget = { left: 256 * MIB, starts: 250 };
    const ends: unknown[] = [];
    for (let at = 0; at < 3; at += 1)
      ends.push((await secretInCompressed(many(100, gzipSync('x')), budget)).unsearched);
    expect([ends, budget.starts]).toEqual([[null, null, 'limit'], 0]);
    const file = { left: 256 * MIB, starts: 20_000 };
    const { unsearched } = await secretInCompressed(many(10_001, gzipSync('x')), file);
    expect([unsearched, file.starts]).toEqual(['limit', 10_000]);
  });

  it('what makes much of its first bytes, and what is damaged after it made much', async () => {
    const long = Buffer.concat([Buffer.alloc(5000), PEM]);
    expect(await searched(gzipSync(long))).toMatchObject({ found: { isPrivateKey: true } });
    const cut = deflateRawSync(Buffer.concat([long, noise]), {
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    const flawed = Buffer.concat([gzipSync('').subarray(0, 10), cut, Buffer.alloc(8, 0xff)]);
    expect(await searched(flawed)).toMatchObject({ found: { isPrivateKey: true } });
  });

  it('places where a secret may begin cost too', async () => {
    const beginnings = gzipSync(Buffer.alloc(16 * MIB, '-----BEGIN PRIVATE KEY-----\n'));
    expect(await searched(beginnings)).toEqual({ found: null, unsearched: 'limit' });
    const escapes = gzipSync(Buffer.alloc(16 * MIB, '\\u002d'));
    expect(await searched(escapes)).toEqual({ found: null, unsearched: 'limit' });
    expect(await searched(gzipSync(Buffer.alloc(16 * MIB, 'plain text\n')))).toEqual({
      found: null,
      unsearched: null,
    });
  });

  it('what proves to be damaged late costs much', async () => {
    const zeros = deflateRawSync(Buffer.alloc(200_000), { finishFlush: constants.Z_SYNC_FLUSH });
    const flawed = Buffer.concat([gzipSync('').subarray(0, 10), zeros, Buffer.alloc(8, 0xff)]);
    expect(await searched(flawed)).toEqual({ found: null, unsearched: null });
    expect(await searched(many(40, flawed))).toEqual({ found: null, unsearched: 'limit' });
  });
});
