import { type ElfHeader, readElf } from './elf.ts';
import { type MachOHeader, type PeHeader, readMachO, readPe } from './foreign.ts';
import { readShebang, type Shebang } from './shebang.ts';

/** What the first bytes of a file say about who can run it. */
export type ExecutableHeader =
  | ElfHeader
  | MachOHeader
  | PeHeader
  | Shebang
  | { readonly format: 'empty' }
  /** Neither a program nor a script; `byteOrderMark` when it starts with UTF-8's, which hides a `#!`. */
  | { readonly format: 'unknown'; readonly byteOrderMark: boolean };

/** As many bytes as {@link readExecutableHeader} needs to see a normal file's program headers and `PT_INTERP`. */
export const HEADER_BYTES = 64 * 1024;

/**
 * Reads an ELF, Mach-O or PE header or a `#!` line from the first bytes of a file (up to {@link HEADER_BYTES}).
 * Machines are named as Go and eKuiper's `GET /` name them (`amd64`, `arm64`, `arm` …). Never throws: what is cut
 * off or damaged is `unknown`, or an ELF header with fewer facts.
 */
export function readExecutableHeader(bytes: Uint8Array): ExecutableHeader {
  if (bytes.length === 0) return { format: 'empty' };
  return (
    readElf(bytes) ??
    readPe(bytes) ??
    readMachO(bytes) ??
    readShebang(bytes) ?? { format: 'unknown', byteOrderMark: startsWithBom(bytes) }
  );
}

function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
