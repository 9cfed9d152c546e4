import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryContent } from '../../../../src/package/files/content.ts';
import { assemble, type PlannedFile } from '../../../../src/package/plan/planned-entries.ts';
import { entryDate, type WriteOptions, writeZip } from '../../../../src/package/write/write-zip.ts';
import { writePackage } from '../../../../src/package/write-package.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { temporaryFolders } from '../../../fixtures/tree.ts';

const folder = temporaryFolders();
const date = entryDate(undefined);

function file(path: string, bytes: Uint8Array, executable = false): PlannedFile {
  return { path, size: bytes.length, executable, content: memoryContent(bytes) };
}

async function zipOf(files: readonly PlannedFile[], options: Partial<WriteOptions> = {}) {
  const pieces: Buffer[] = [];
  const written = await writeZip(assemble(files, null), {
    date,
    sink: async (piece) => {
      pieces.push(piece);
    },
    ...options,
  });
  return { written, zip: Buffer.concat(pieces) };
}

const MEGABYTE = 1024 * 1024;

/** The same every time, and nothing that deflate makes smaller. */
function noise(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, index) =>
    createHash('sha256').update(`${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, size);
}

describe('a written zip', () => {
  it('is read back as it was planned, whatever the tree', async () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_é模.-]{0,6}[a-z0-9]$/);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const item = fc.record({ path, bytes: fc.uint8Array({ maxLength: 3000 }), runs: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(item, { selector: ({ path: p }) => p }), async (items) => {
        const files = items
          .filter(({ path: p }) => !items.some((other) => other.path.startsWith(`${p}/`)))
          .map(({ path: p, bytes, runs }) => file(p, bytes, runs));
        const { zip, written } = await zipOf(files);
        const view = await openZipView(zip);
        expect(view.problems.filter(({ kind }) => kind !== 'case-conflict')).toEqual([]);
        expect(
          view.entries.map(({ path: p, kind, mode, size }) => ({ path: p, kind, mode, size })),
        ).toEqual(
          written.entries.map(({ path: p, kind, mode, size }) => ({ path: p, kind, mode, size })),
        );
        for (const { path: p, content } of files) {
          expect(Buffer.from((await view.read(p)) ?? []).equals(await content.bytes())).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same every time, in any order of the files, and other with other content', async () => {
    const a = file('a.txt', Buffer.from('a'));
    const b = file('b/c.txt', Buffer.from('c'), true);
    const first = await zipOf([a, b]);
    const second = await zipOf([b, a]);
    expect(second.zip.equals(first.zip)).toBe(true);
    expect(second.written).toEqual(first.written);
    const other = await zipOf([a, file('b/c.txt', Buffer.from('c'), false)]);
    expect(other.written.contentDigest).not.toBe(first.written.contentDigest);
  });

  it('has the digests that are written down here', async () => {
    const { written } = await zipOf([
      file('a.txt', Buffer.from('a')),
      file('b/c', Buffer.from('c'), true),
    ]);
    expect(written.contentDigest).toBe(
      '050c14fb43d19d3b97c9a2e6129b69a52106ec3a72bf3e38925e849dfa3157c4',
    );
  });

  it('does not let dates into the content digest', async () => {
    const files = [file('a.txt', Buffer.from('a'))];
    const early = await zipOf(files);
    const late = await zipOf(files, { date: entryDate('1700000000') });
    expect(late.written.sha256).not.toBe(early.written.sha256);
    expect(late.written.contentDigest).toBe(early.written.contentDigest);
  });

  it('holds what zlib makes of each file by itself, of any size and however little it gives in', async () => {
    const sizes = [1, 2, 63, 64, 65, 1000, 14_000, 14_500, 16_383, 16_384, 16_385, 40_000, 300_000];
    for (const size of sizes) {
      for (const bytes of [noise(size), Buffer.alloc(size, 'eKuiper ')]) {
        const { zip } = await zipOf([file('f', bytes)]);
        // Behind the local header and the name of one letter.
        const packed = deflateRawSync(bytes, { level: 6 });
        expect(zip.subarray(31, 31 + packed.length).equals(packed)).toBe(true);
      }
    }
  });

  it('streams what is large to the same bytes, counting as it goes', async () => {
    const bytes = Buffer.alloc(3 * MEGABYTE, 'eKuiper ');
    const seen: number[] = [];
    const { zip, written } = await zipOf([file('big', bytes)], { onProgress: (n) => seen.push(n) });
    const view = await openZipView(zip);
    expect(Buffer.from((await view.read('big')) ?? []).equals(bytes)).toBe(true);
    expect(written).toMatchObject({ unpackedSize: bytes.length, size: zip.length });
    expect(seen.at(-1)).toBe(bytes.length);
  });

  it('holds a folder with many files without keeping them all', async () => {
    const files = Array.from({ length: 300 }, (_, index) =>
      file(`f/${index}`, Buffer.from(`${index}`)),
    );
    const { zip } = await zipOf(files);
    expect((await openZipView(zip)).entries).toHaveLength(301);
  });
});

describe('what goes wrong meanwhile', () => {
  const large = (stream: () => Readable): PlannedFile => ({
    path: 'big',
    size: 2 * MEGABYTE,
    executable: false,
    content: {
      bytes: () => Promise.reject(new Error('not at once')),
      stream: async () => stream(),
    },
  });

  it('names the file that cannot be read, small', async () => {
    const content = {
      bytes: () => Promise.reject(new Error('EIO')),
      stream: async () => Readable.from([]),
    };
    await expect(
      zipOf([{ path: 'a/b', size: 1, executable: false, content }]),
    ).rejects.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('a/b') });
  });

  it('names the file that cannot be read, large', async () => {
    const broken = () =>
      new Readable({
        read() {
          this.destroy(new Error('EIO'));
        },
      });
    await expect(zipOf([large(broken)])).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('passes on what the sink says', async () => {
    const full = { sink: () => Promise.reject(new Error('disk full')) };
    await expect(zipOf([file('a', Buffer.from('a'))], full)).rejects.toThrow('disk full');
    await expect(
      zipOf([file('a', Buffer.alloc(MEGABYTE, Math.random().toString()))], full),
    ).rejects.toThrow('disk full');
  });

  it('stops at an abort, before and within a file', async () => {
    await expect(
      zipOf([file('a', Buffer.from('a'))], { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const endless = () =>
      new Readable({
        read() {
          controller.abort();
          this.push(Buffer.alloc(1000));
        },
      });
    await expect(zipOf([large(endless)], { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('what kplugin would not read again', () => {
  it('is not written: how well it compresses shows at its end only', async () => {
    const zeros = file('zeros.bin', Buffer.alloc(101 * MEGABYTE));
    const target = join(folder(), 'x.zip');
    await expect(
      writePackage(assemble([zeros], null), target, { date, now: 0 }),
    ).rejects.toMatchObject({ code: 'package-too-big' });
    expect(existsSync(target)).toBe(false);
  });
});
