import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Gathered } from '../../../../src/package/write/gathered.ts';
import { ZipWriter } from '../../../../src/package/write/zip-writer.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';

type Added = readonly [name: string, mode: number, content: Uint8Array | Readable];

async function zipOf(entries: Iterable<Added>, date = new Date(Date.UTC(1980, 0, 1))) {
  const pieces: Buffer[] = [];
  const writer = new ZipWriter({
    date,
    sink: async (piece) => {
      pieces.push(piece);
    },
  });
  for (const [name, mode, content] of entries) await writer.add(name, mode, content);
  await writer.finish();
  return { pieces, zip: Buffer.concat(pieces) };
}

const NOTHING = new Uint8Array();

describe('the bytes of a zip', () => {
  it('are these, of a folder and a file of nothing', async () => {
    const date = new Date(Date.UTC(2024, 1, 29, 13, 14, 16));
    const { zip } = await zipOf(
      [
        ['a/', 0o755, NOTHING],
        ['a/é', 0o644, NOTHING],
      ],
      date,
    );
    const none = '0'.repeat(24);
    const [folder, file] = ['612f', '612fc3a9'];
    const local = (flags: string, length: string): string =>
      `504b0304${'0a00'}${flags}0000c8695d58${none}${length}0000`;
    const central = (flags: string, length: string, rest: string): string =>
      `504b01022d03${'0a00'}${flags}0000c8695d58${none}${length}${'0'.repeat(16)}${rest}`;
    expect(zip.toString('hex')).toBe(
      [
        local('0000', '0200') + folder,
        local('0008', '0400') + file,
        central('0000', '0200', '1000ed4100000000') + folder,
        central('0008', '0400', '2000a48120000000') + file,
        '504b050600000000020002006200000042000000' + '0000',
      ].join(''),
    );
  });

  it('are the same for what is streamed as for what is in memory', async () => {
    const bytes = Buffer.alloc(3_000_000, 'eKuiper and its plugins ');
    const pieces = Array.from({ length: 100 }, (_, n) =>
      bytes.subarray(n * 30_000, (n + 1) * 30_000),
    );
    const streamed = await zipOf([['f', 0o755, Readable.from(pieces)]]);
    const whole = await zipOf([['f', 0o755, bytes]]);
    expect(streamed.zip.equals(whole.zip)).toBe(true);
  });

  it('have the records of zip64 from 65,536 entries on', async () => {
    for (const count of [65_535, 65_536]) {
      const names = Array.from({ length: count }, (_, n): Added => [`${n}`, 0o644, NOTHING]);
      const { zip } = await zipOf(names);
      expect(zip.includes(Buffer.from('PK\x06\x06'))).toBe(count > 65_535);
      const { entries, problems } = await openZipView(zip);
      expect(problems).toEqual([]);
      expect(entries).toHaveLength(count);
    }
  });

  it('leave in large pieces, and none is changed after it left', async () => {
    const files = Array.from(
      { length: 3000 },
      (_, n): Added => [`${n}`, 0o644, Buffer.alloc(500, `${n} `)],
    );
    const { pieces, zip } = await zipOf(files);
    expect(pieces.length).toBeLessThan(5);
    expect((await openZipView(zip)).problems).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('in a stream or in the sink is told by the call, and nothing else waits', async () => {
    const writer = new ZipWriter({
      date: new Date(0),
      sink: () => Promise.reject(new Error('full')),
    });
    const broken = new Readable({
      read() {
        this.destroy(new Error('EIO'));
      },
    });
    await expect(writer.add('f', 0o644, broken)).rejects.toThrow('EIO');
    await expect(writer.finish()).rejects.toThrow('full');
  });

  it('is a file or a zip without end', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1000);
      })(),
    );
    const options = { date: new Date(0), sink: () => Promise.resolve(), most: 100_000 };
    const code = 'package-too-big';
    await expect(new ZipWriter(options).add('f', 0o644, endless)).rejects.toMatchObject({ code });
    const writer = new ZipWriter(options);
    const many = async (): Promise<void> => {
      for (;;) await writer.add('f', 0o644, NOTHING);
    };
    await expect(many()).rejects.toMatchObject({ code });
  });
});

describe('gathered pieces', () => {
  it('are what was added, each byte once', () => {
    const gathered = new Gathered();
    const added = Array.from({ length: 2000 }, (_, n) => Buffer.alloc(n, `${n}`));
    for (const piece of added) gathered.add(piece);
    const all = Buffer.concat(added);
    expect(gathered.length).toBe(all.length);
    expect(Buffer.concat(gathered.take()).equals(all)).toBe(true);
    expect(gathered.length).toBe(0);
    expect(gathered.take()).toEqual([]);
  });
});
