import {
  type Claims,
  type CraftedEntry,
  type CraftedZip,
  craftZip,
  type EndClaims,
  extraField,
  type Zip64Claims,
  zip64Field,
} from '../fixtures/crafted-zip.ts';
import type { Random } from './random.ts';

/** A zip that may be sound, odd, damaged or made to deceive: from a plan with some of its fields wrong, or from bytes. */
export function mutateZip(random: Random): Buffer {
  const zip = craftZip(mutatedPlan(random));
  return random.chance(3) ? mutatedBytes(random, zip) : zip;
}

const NAMES = [
  'p.json',
  'main.py',
  'install.sh',
  'lib/',
  'lib/a.py',
  'lib',
  'lib/b/',
  'lib/b/c.txt',
  'sources/s.yaml',
  'a',
  'b',
  'c',
  'd/e',
  'd/f',
  'data.bin',
  'README',
  '模型.onnx',
  'x.so',
  'y',
  'z/',
  'A',
  'main.py/',
];
const ODD_NAMES: readonly (string | Buffer)[] = [
  '',
  '.',
  './',
  './x',
  'a/../b',
  '../x',
  '/x',
  'x\\y',
  'a\u0000b',
  'a\nb',
  'C:x',
  'a//b',
  'n'.repeat(300),
  Buffer.from([0xc4, 0xa3, 0xd0, 0xcd]),
  Buffer.from('caf\xe9', 'latin1'),
  Buffer.from([0x83, 0x65, 0x83, 0x58]),
];
const SPOTS = [0, 1, 2, 3, 8, 20, 22, 30, 46, 100, 0xff, 0x100, 0xffff, 0x10000, 0xffffffff];

function mutatedPlan(random: Random): CraftedZip {
  const count = random.chance(20) ? 0 : 1 + random.below(5);
  const names = new Set(Array.from({ length: count }, () => random.pick(NAMES)));
  let zip: CraftedZip = { entries: Array.from(names, (name) => entryOf(random, name)) };
  if (random.chance(4)) zip = { ...zip, zip64: { saturate: random.chance(2) } };
  for (let left = random.below(4); left > 0; left -= 1)
    zip = random.pick(PLAN_MUTATIONS)(random, zip);
  return zip;
}

function entryOf(random: Random, name: string): CraftedEntry {
  const attributes = random.pick([
    0o100644, 0o100755, 0o040755, 0o120777, 0o104755, 0o010644, 0o644, 0,
  ]);
  return {
    name,
    content: name.endsWith('/') && !random.chance(10) ? '' : contentOf(random),
    method: random.pick([0, 8, 8]),
    madeBy: random.chance(4) ? random.pick([0, 11, 14, 19, 10, 1, 7]) << 8 : (3 << 8) | 20,
    attributes: random.chance(3)
      ? attributes * 0x10000 + random.pick([0, 1, 0x10, 0x11, 0x20])
      : 0o100644 * 0x10000,
    ...(random.chance(4) && { descriptor: random.pick(['signed', 'bare', 'wide'] as const) }),
    ...(random.chance(6) && { zip64: true }),
    ...(random.chance(8) && {
      extra: extraField(random.pick([0x5455, 0x7075, 0x000a, 0x0001]), bytesOf(random, 9)),
    }),
    ...(random.chance(8) && { comment: bytesOf(random, 12) }),
  };
}

function contentOf(random: Random): Buffer {
  return random.chance(2)
    ? Buffer.from('print(1)\n'.repeat(random.below(40)))
    : bytesOf(random, 300);
}

function bytesOf(random: Random, most: number): Buffer {
  return Buffer.from(Array.from({ length: random.below(most) }, () => random.below(256)));
}

type PlanMutation = (random: Random, zip: CraftedZip) => CraftedZip;

const PLAN_MUTATIONS: readonly PlanMutation[] = [
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({
      ...entry,
      central: { ...entry.central, ...claim(random) },
    })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({ ...entry, local: { ...entry.local, ...claim(random) } })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({ ...entry, local: { name: random.pick(NAMES) } })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({ ...entry, local: { extra: bytesOf(random, 30) } })),
  (random, zip) => oneEntry(random, zip, (entry) => ({ ...entry, name: random.pick(ODD_NAMES) })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({ ...entry, method: random.pick([9, 12, 14, 99]) })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({
      ...entry,
      flags: random.pick([1, 0x41, 8, 0x800, 0x2000]),
    })),
  (random, zip) => oneEntry(random, zip, (entry) => ({ ...entry, disk: random.below(65_536) })),
  (random, zip) => oneEntry(random, zip, (entry) => ({ ...entry, gap: hidden(random) })),
  (random, zip) => oneEntry(random, zip, (entry) => ({ ...entry, tail: hidden(random) })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({
      ...entry,
      descriptor: random.pick(['wrong', 'missing', 'wide'] as const),
    })),
  (random, zip) =>
    oneEntry(random, zip, (entry) => ({
      ...entry,
      extra: random.pick([
        zip64Field([random.pick(SPOTS), random.pick(SPOTS), random.pick(SPOTS)]),
        zip64Field([random.pick(SPOTS)]),
        extraField(0x5455, bytesOf(random, 4), random.below(40)),
        bytesOf(random, 6),
      ]),
    })),
  (_, zip) => ({ ...zip, entries: [...zip.entries, ...zip.entries.slice(0, 1)] }),
  (random, zip) => ({
    ...zip,
    entries:
      zip.entries.length === 0 ? [] : [...zip.entries, { name: random.pick(NAMES), sameAs: 0 }],
  }),
  (random, zip) => ({ ...zip, prefix: hidden(random), shifted: random.chance(2) }),
  (random, zip) => ({ ...zip, beforeDirectory: hidden(random) }),
  (random, zip) => ({ ...zip, behindDirectory: hidden(random) }),
  (random, zip) => ({ ...zip, trailing: hidden(random) }),
  (random, zip) => ({ ...zip, comment: hidden(random) }),
  (random, zip) => ({ ...zip, commentLength: near(random, zip.comment?.length ?? 0) }),
  (random, zip) => ({ ...zip, end: { ...zip.end, ...endClaim(random, zip) } }),
  (random, zip) => ({ ...zip, zip64: { ...zip.zip64, ...zip64Claim(random, zip) } }),
];

function oneEntry(
  random: Random,
  zip: CraftedZip,
  change: (entry: CraftedEntry) => CraftedEntry,
): CraftedZip {
  const at = random.below(Math.max(1, zip.entries.length));
  return {
    ...zip,
    entries: zip.entries.map((entry, place) => (place === at ? change(entry) : entry)),
  };
}

function claim(random: Random): Partial<Claims> {
  const field = random.pick(['flags', 'method', 'crc', 'packedSize', 'size', 'offset'] as const);
  return { [field]: random.chance(3) ? random.below(400) : random.pick(SPOTS) };
}

function endClaim(random: Random, zip: CraftedZip): Partial<EndClaims> {
  const field = random.pick([
    'disk',
    'directoryDisk',
    'recordsHere',
    'records',
    'size',
    'offset',
  ] as const);
  const count = zip.entries.length;
  if (field.startsWith('records')) return { [field]: near(random, count) };
  return { [field]: random.chance(2) ? random.below(600) : random.pick(SPOTS) };
}

function zip64Claim(random: Random, zip: CraftedZip): Partial<Zip64Claims> {
  const wide = BigInt(random.chance(2) ? random.below(600) : random.pick(SPOTS));
  return random.pick<Partial<Zip64Claims> & { saturate?: boolean }>([
    { saturate: true },
    { records: BigInt(near(random, zip.entries.length)) },
    { records: BigInt(zip.entries.length) + 65_536n },
    { size: wide },
    { offset: wide },
    { at: wide },
    { at: -1n },
    { offset: -8n },
    { disk: random.below(3) },
    { disks: random.below(3) },
    { signature: 0x06064b51 },
  ]);
}

function near(random: Random, number: number): number {
  return Math.max(0, number + random.pick([-2, -1, 1, 2, 65_536, 100]));
}

/** Bytes to lie where nothing should: noise, another zip, or a piece of one. */
function hidden(random: Random): Buffer {
  const other = craftZip({
    entries: [{ name: 'install.sh', content: 'id\n', method: random.pick([0, 8]) }],
  });
  const directory = other.indexOf('PK\x01\x02');
  return random.pick([
    bytesOf(random, 40),
    Buffer.alloc(random.below(300)),
    Buffer.from('#!/bin/sh\n'),
    other,
    other.subarray(0, directory),
    other.subarray(directory),
    other.subarray(-22),
    other.subarray(-22, -22 + 4 + random.below(18)),
  ]);
}

function mutatedBytes(random: Random, zip: Buffer): Buffer {
  let bytes = zip;
  for (let left = 1 + random.below(3); left > 0; left -= 1)
    bytes = random.pick(BYTE_MUTATIONS)(random, bytes);
  return bytes;
}

type ByteMutation = (random: Random, bytes: Buffer) => Buffer;

const BYTE_MUTATIONS: readonly ByteMutation[] = [
  (random, bytes) => withByte(bytes, headerPlace(random, bytes), random.below(256)),
  (random, bytes) => withByte(bytes, headerPlace(random, bytes), random.pick([0, 1, 0xff, 0x50])),
  (random, bytes) => withByte(bytes, random.below(bytes.length), random.below(256)),
  (random, bytes) =>
    withByte(bytes, Math.max(0, bytes.length - 1 - random.below(110)), random.below(256)),
  (random, bytes) => bytes.subarray(0, bytes.length - random.below(Math.min(bytes.length, 60) + 1)),
  (random, bytes) => bytes.subarray(random.below(Math.min(bytes.length, 60) + 1)),
  (random, bytes) => spliced(bytes, headerPlace(random, bytes), 0, bytesOf(random, 20)),
  (random, bytes) => spliced(bytes, headerPlace(random, bytes), random.below(20), Buffer.alloc(0)),
  (random, bytes) => Buffer.concat([bytes, craftZip(mutatedPlan(random))]),
  (_, bytes) => Buffer.concat([bytes, bytes.subarray(-22)]),
  (_, bytes) => Buffer.concat([bytes.subarray(-22), bytes]),
];

/** Somewhere in a header or an end record. */
function headerPlace(random: Random, bytes: Buffer): number {
  const places: number[] = [];
  for (let at = bytes.indexOf('PK'); at >= 0; at = bytes.indexOf('PK', at + 2)) places.push(at);
  if (places.length === 0) return 0;
  return Math.min(Math.max(0, bytes.length - 1), random.pick(places) + random.below(50));
}

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy.writeUInt8(value, at);
  return copy;
}

function spliced(bytes: Buffer, at: number, length: number, added: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + length)]);
}
