import { refuseMachineLimit } from '../../model/machine-limit.ts';

/** A defect for which Go's archive/zip rejects a zip: a plain description, and eKuiper's error message. */
export class ZipFault extends Error {
  /** Go's error message, which eKuiper passes on. */
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

/** Converts any error to a ZipFault; errors of other types come from the decompressor. */
export function faultOf(thrown: unknown): ZipFault {
  if (thrown instanceof ZipFault) return thrown;
  refuseMachineLimit(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return /unexpected end of file/.test(message)
    ? new ZipFault('its compressed data ends too early', SHORT)
    : new ZipFault(`its compressed data is damaged (${message})`, 'flate: corrupt input');
}
