import { hasUtf8Mark } from '../../model/json/bytes.ts';
import { type ElfHeader, readElf } from './elf.ts';
import { readShebang, type Shebang } from './shebang.ts';

const PE_MACHINES: Readonly<Record<number, string>> = {
  332: '386',
  452: 'arm',
  34404: 'amd64',
  43620: 'arm64',
};

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

/** A program for macOS. */
interface MachOHeader {
  readonly format: 'mach-o';
  /** `GOARCH`; several in a universal binary, none when unknown. */
  readonly machines: readonly string[];
}

/** A program for Windows. */
interface PeHeader {
  readonly format: 'pe';
  readonly machine: string;
}

/** Parses a PE header; null for other bytes, also for a DOS `MZ` stub without a PE header. */
function readPe(bytes: Uint8Array): PeHeader | null {
  const data = view(bytes);
  if (bytes.length < 0x40 || data.getUint16(0) !== 0x4d5a) return null;
  const at = data.getUint32(0x3c, true);
  if (at + 6 > bytes.length || data.getUint32(at) !== 0x50450000) return null;
  const number = data.getUint16(at + 4, true);
  return { format: 'pe', machine: PE_MACHINES[number] ?? `machine ${number}` };
}

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
