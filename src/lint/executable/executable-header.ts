import { hasUtf8Mark } from '../../model/json/bytes.ts';

/** The executable format of a file, by its first bytes. */
export type ExecutableHeader =
  | ElfHeader
  | MachOHeader
  | PeHeader
  | Shebang
  | { readonly format: 'empty' }
  /** Neither a program nor a script; `byteOrderMark`: it starts with a UTF-8 byte order mark, which hides a `#!`. */
  | { readonly format: 'unknown'; readonly byteOrderMark: boolean };

/** Number of bytes that {@link readExecutableHeader} needs for a normal file's program headers and `PT_INTERP`. */
export const HEADER_BYTES = 64 * 1024;

/**
 * Parses an ELF, Mach-O or PE header or a `#!` line from the first bytes of a file (up to {@link HEADER_BYTES}).
 * Machines have the names of Go and of eKuiper's `GET /` (`amd64`, `arm64`, `arm` …). Never throws: a truncated or
 * damaged header is `unknown`, or an ELF header with fewer facts.
 */
export function readExecutableHeader(bytes: Uint8Array): ExecutableHeader {
  if (bytes.length === 0) return { format: 'empty' };
  return (
    readElf(bytes) ??
    readPe(bytes) ??
    readMachO(bytes) ??
    readShebang(bytes) ?? { format: 'unknown', byteOrderMark: hidesShebang(bytes) }
  );
}

function hidesShebang(bytes: Uint8Array): boolean {
  return hasUtf8Mark(bytes) && readShebang(bytes.subarray(3)) !== null;
}

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

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46] as const;
const PT_INTERP = 3;

const ELF_TYPES: Readonly<Record<number, ElfHeader['type']>> = {
  1: 'relocatable',
  2: 'executable',
  3: 'shared',
};

/** e_machine → GOARCH; where one number has two (by bits or byte order), `machineName` decides. */
const ELF_MACHINES: Readonly<Record<number, string>> = {
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

interface ElfLayout {
  readonly wide: boolean;
  readonly little: boolean;
}

/** Parses an ELF header and its `PT_INTERP`; null when the bytes are not an ELF file. */
function readElf(bytes: Uint8Array): ElfHeader | null {
  if (bytes.length < 20 || ELF_MAGIC.some((byte, index) => bytes[index] !== byte)) return null;
  const layout = { wide: bytes[4] === 2, little: bytes[5] !== 2 };
  const data = view(bytes);
  const interpreter = interpreterOf(bytes, data, layout);
  return {
    format: 'elf',
    machine: machineName(data.getUint16(18, layout.little), layout),
    type: ELF_TYPES[data.getUint16(16, layout.little)] ?? 'other',
    interpreter,
    libc: libcOf(interpreter),
  };
}

function machineName(number: number, { wide, little }: ElfLayout): string {
  const name = ELF_MACHINES[number];
  if (name === undefined) return `machine ${number}`;
  const order = little && (name === 'mips' || name === 'ppc64') ? 'le' : '';
  return name === 'mips' && wide ? `mips64${order}` : `${name}${order}`;
}

function interpreterOf(bytes: Uint8Array, data: DataView, layout: ElfLayout): string | null {
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
function word(data: DataView, at: number, { wide, little }: ElfLayout): number {
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

/** A program for Windows. */
interface PeHeader {
  readonly format: 'pe';
  readonly machine: string;
}

const PE_MACHINES: Readonly<Record<number, string>> = {
  332: '386',
  452: 'arm',
  34404: 'amd64',
  43620: 'arm64',
};

/** Parses a PE header; null for other bytes, also for a DOS `MZ` stub without a PE header. */
function readPe(bytes: Uint8Array): PeHeader | null {
  const data = view(bytes);
  if (bytes.length < 0x40 || data.getUint16(0) !== 0x4d5a) return null;
  const at = data.getUint32(0x3c, true);
  if (at + 6 > bytes.length || data.getUint32(at) !== 0x50450000) return null;
  const number = data.getUint16(at + 4, true);
  return { format: 'pe', machine: PE_MACHINES[number] ?? `machine ${number}` };
}

/** A program for macOS. */
interface MachOHeader {
  readonly format: 'mach-o';
  /** `GOARCH`; several in a universal binary, none when unknown. */
  readonly machines: readonly string[];
}

const MACH_CPUS: Readonly<Record<number, string>> = {
  7: '386',
  12: 'arm',
  16777223: 'amd64',
  16777228: 'arm64',
};

const MACH_BIG = [0xfeedface, 0xfeedfacf];
const MACH_LITTLE = [0xcefaedfe, 0xcffaedfe];
const MACH_UNIVERSAL = 0xcafebabe;

/**
 * Java class files have the same magic number as universal binaries; their next word is a version, larger than any real
 * number of architectures.
 */
const MOST_ARCHITECTURES = 20;

/** Parses a Mach-O or universal header; null for other bytes. */
function readMachO(bytes: Uint8Array): MachOHeader | null {
  if (bytes.length < 8) return null;
  const data = view(bytes);
  const magic = data.getUint32(0);
  if (MACH_BIG.includes(magic)) return machO([data.getUint32(4)]);
  if (MACH_LITTLE.includes(magic)) return machO([data.getUint32(4, true)]);
  const count = data.getUint32(4);
  if (magic !== MACH_UNIVERSAL || count === 0 || count > MOST_ARCHITECTURES) return null;
  const starts = Array.from({ length: count }, (_, index) => 8 + index * 20);
  return machO(starts.filter((at) => at + 4 <= bytes.length).map((at) => data.getUint32(at)));
}

function machO(cpus: readonly number[]): MachOHeader {
  return { format: 'mach-o', machines: cpus.map((cpu) => MACH_CPUS[cpu] ?? `cpu ${cpu}`) };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A script's `#!` line, as the Linux kernel parses it. */
export interface Shebang {
  readonly format: 'script';
  /** The first word after `#!`; empty when there is none. Without the carriage return at the end of the line. */
  readonly interpreter: string;
  /** Everything after the interpreter: Linux passes it as ONE argument. Null when there is nothing. */
  readonly argument: string | null;
  /** The line ends in CRLF: the kernel looks for an interpreter whose name ends in `\r`. */
  readonly crlf: boolean;
}

/** The kernel reads this many bytes of the line (BINPRM_BUF_SIZE). */
export const LINE_BYTES = 256;

/** Parses a `#!` line at the start of a file; null when the file does not start with one. */
export function readShebang(bytes: Uint8Array): Shebang | null {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return null;
  const head = new TextDecoder().decode(bytes.subarray(2, LINE_BYTES));
  const [line = ''] = head.split('\n', 1);
  const crlf = line.endsWith('\r');
  const [, interpreter = '', rest = ''] = /^[ \t]*([^ \t]*)[ \t]*(.*?)[ \t\r]*$/s.exec(line) ?? [];
  return {
    format: 'script',
    interpreter: interpreter.replace(/\r$/, ''),
    argument: rest === '' ? null : rest,
    crlf,
  };
}

/**
 * The program that a `#!` line finally starts: `python3` for `/usr/bin/env python3`, else the interpreter's base name.
 */
export function scriptProgram(shebang: Shebang): string {
  const base = shebang.interpreter.split('/').at(-1) ?? '';
  if (base !== 'env') return base;
  const words = (shebang.argument ?? '').split(/\s+/).filter((word) => word !== '-S');
  return words.find((word) => !word.includes('=')) ?? '';
}
