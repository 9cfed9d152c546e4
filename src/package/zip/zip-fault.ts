import { refuseMachineLimit } from '../../model/machine-limit.ts';

/** Something that Go's archive/zip refuses: what is wrong in plain words, and what eKuiper answers. */
export class ZipFault extends Error {
  /** Go's words, which eKuiper passes on. */
  readonly answer: string;

  constructor(message: string, answer: string) {
    super(message);
    this.name = 'ZipFault';
    this.answer = answer;
  }
}

export const NOT_VALID = 'zip: not a valid zip file';
export const BAD_CHECKSUM = 'zip: checksum error';
export const BAD_METHOD = 'zip: unsupported compression algorithm';
export const SHORT = 'unexpected EOF';

/** The fault in whatever was thrown; other errors are those of the decompressor. */
export function faultOf(thrown: unknown): ZipFault {
  if (thrown instanceof ZipFault) return thrown;
  refuseMachineLimit(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return /unexpected end of file/.test(message)
    ? new ZipFault('its compressed data ends too early', SHORT)
    : new ZipFault(`its compressed data is damaged (${message})`, 'flate: corrupt input');
}
