import type { Readable } from 'node:stream';

/** Adds entries to a zip, in the order of the calls. */
export interface ZipWriter {
  /** `name` ends with a slash for a directory; `mode` holds permission bits. Resolves when the entry is written. */
  add(name: string, mode: number, content: Uint8Array | Readable): Promise<void>;
  /** Writes the central directory; resolves when the last byte was accepted by the sink. */
  finish(): Promise<void>;
  /** Aborts and releases all resources. */
  abort(): void;
}

export interface ZipWriterOptions {
  /** The date of every entry; see entry-date.ts. */
  readonly date: Date;
  /** Receives the zip's bytes in sequence, one piece at a time. */
  readonly sink: (piece: Buffer) => Promise<void>;
}
