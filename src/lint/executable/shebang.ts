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
