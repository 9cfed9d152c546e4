/** What a made-up ELF file holds. */
export interface ElfSpec {
  readonly machine?: number;
  readonly type?: number;
  readonly bits?: 32 | 64;
  readonly big?: boolean;
  readonly interpreter?: string;
}

/** The smallest file that is an ELF program with (or without) `PT_INTERP`. */
export function elf(spec: ElfSpec = {}): Uint8Array {
  const { machine = 62, type = 2, bits = 64, big = false, interpreter } = spec;
  const wide = bits === 64;
  const data = new DataView(new ArrayBuffer(512));
  [0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, big ? 2 : 1, 1].forEach((byte, at) => {
    data.setUint8(at, byte);
  });
  const little = !big;
  const word = (at: number, value: number): void => {
    if (wide) data.setBigUint64(at, BigInt(value), little);
    else data.setUint32(at, value, little);
  };
  data.setUint16(16, type, little);
  data.setUint16(18, machine, little);
  const table = wide ? 64 : 52;
  const size = wide ? 56 : 32;
  word(wide ? 32 : 28, table);
  data.setUint16(wide ? 54 : 42, size, little);
  data.setUint16(wide ? 56 : 44, 2, little);
  data.setUint32(table, 1, little);
  const header = table + size;
  if (interpreter !== undefined) {
    const text = new TextEncoder().encode(`${interpreter}\0`);
    data.setUint32(header, 3, little);
    word(header + (wide ? 8 : 4), 300);
    word(header + (wide ? 32 : 16), text.length);
    text.forEach((byte, index) => {
      data.setUint8(300 + index, byte);
    });
  }
  return new Uint8Array(data.buffer);
}

/** A PE file for a machine number. */
export function pe(machine: number): Uint8Array {
  const data = new DataView(new ArrayBuffer(128));
  data.setUint16(0, 0x4d5a);
  data.setUint32(0x3c, 0x40, true);
  data.setUint32(0x40, 0x50450000);
  data.setUint16(0x44, machine, true);
  return new Uint8Array(data.buffer);
}

/** A Mach-O file for a CPU number; universal when there are several. */
export function machO(...cpus: readonly number[]): Uint8Array {
  const data = new DataView(new ArrayBuffer(128));
  const [only = 0] = cpus;
  if (cpus.length === 1) {
    data.setUint32(0, 0xfeedfacf, true);
    data.setUint32(4, only, true);
  } else {
    data.setUint32(0, 0xcafebabe);
    data.setUint32(4, cpus.length);
    cpus.forEach((cpu, index) => {
      data.setUint32(8 + index * 20, cpu);
    });
  }
  return new Uint8Array(data.buffer);
}
