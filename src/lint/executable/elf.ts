/** The parsed header of an ELF file. */
export interface ElfHeader {
  readonly format: 'elf';
  /** `GOARCH` (`amd64`, `arm64`, `arm`, `386` …); `machine 123` for one that Go does not support. */
  readonly machine: string;
  readonly type: 'executable' | 'shared' | 'relocatable' | 'other';
  /**
   * The dynamic loader that must exist on the machine (`/lib/ld-musl-x86_64.so.1`); null in a static program, empty
   * when its name is beyond the bytes that were read.
   */
  readonly interpreter: string | null;
  /** The C library that the loader belongs to; `none` in a static program. */
  readonly libc: 'none' | 'glibc' | 'musl' | 'other';
}

const MAGIC = [0x7f, 0x45, 0x4c, 0x46] as const;
const PT_INTERP = 3;
const TYPES: Readonly<Record<number, ElfHeader['type']>> = {
  1: 'relocatable',
  2: 'executable',
  3: 'shared',
};

/** e_machine → GOARCH; where one number has two (by bits or byte order), the function below decides. */
const MACHINES: Readonly<Record<number, string>> = {
  3: '386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

interface Layout {
  readonly wide: boolean;
  readonly little: boolean;
}

/** Parses an ELF header and its `PT_INTERP`; null when the bytes are not an ELF file. */
export function readElf(bytes: Uint8Array): ElfHeader | null {
  if (bytes.length < 20 || MAGIC.some((byte, index) => bytes[index] !== byte)) return null;
  const layout = { wide: bytes[4] === 2, little: bytes[5] !== 2 };
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const interpreter = interpreterOf(bytes, data, layout);
  return {
    format: 'elf',
    machine: machineName(data.getUint16(18, layout.little), layout),
    type: TYPES[data.getUint16(16, layout.little)] ?? 'other',
    interpreter,
    libc: libcOf(interpreter),
  };
}

function machineName(number: number, { wide, little }: Layout): string {
  const name = MACHINES[number];
  if (name === undefined) return `machine ${number}`;
  const order = little && (name === 'mips' || name === 'ppc64') ? 'le' : '';
  return name === 'mips' && wide ? `mips64${order}` : `${name}${order}`;
}

function interpreterOf(bytes: Uint8Array, data: DataView, layout: Layout): string | null {
  const { wide, little } = layout;
  if (bytes.length < (wide ? 64 : 52)) return null;
  const table = word(data, wide ? 32 : 28, layout);
  const size = data.getUint16(wide ? 54 : 42, little);
  const count = data.getUint16(wide ? 56 : 44, little);
  const least = wide ? 56 : 32;
  for (let index = 0; index < count && size >= least; index += 1) {
    const at = table + index * size;
    if (at + least > bytes.length) return null;
    if (data.getUint32(at, little) !== PT_INTERP) continue;
    const offset = word(data, at + (wide ? 8 : 4), layout);
    const length = word(data, at + (wide ? 32 : 16), layout);
    return text(bytes.subarray(offset, offset + length));
  }
  return null;
}

/**
 * An address or offset: 8 bytes in a 64-bit file, else 4. Values above 2^53 are beyond the bytes that were read anyway.
 */
function word(data: DataView, at: number, { wide, little }: Layout): number {
  return wide ? Number(data.getBigUint64(at, little)) : data.getUint32(at, little);
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function libcOf(interpreter: string | null): ElfHeader['libc'] {
  if (interpreter === null) return 'none';
  if (interpreter.includes('ld-musl')) return 'musl';
  return /\/ld(64)?(-linux[^/]*|-\d[^/]*)?\.so(\.\d+)?$/.test(interpreter) ? 'glibc' : 'other';
}
