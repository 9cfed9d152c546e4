import type { Readable } from 'node:stream';

/** Puts entries into a zip, in the order of the calls. */
export interface ZipWriter {
  /** `name` ends with a slash for a directory; `mode` holds permission bits. Resolves once it may be forgotten. */
  add(name: string, mode: number, content: Uint8Array | Readable): Promise<void>;
  /** Writes the central directory; resolves when the last byte has been taken. */
  finish(): Promise<void>;
  /** Abandons, releasing everything. */
  abort(): void;
}

export interface ZipWriterOptions {
  /** The date that every entry gets; see entry-date.ts. */
  readonly date: Date;
  /** Takes the zip's bytes, in order, one piece at a time. */
  readonly sink: (piece: Buffer) => Promise<void>;
}
