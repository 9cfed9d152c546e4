import { ProtocolError } from './errors.ts';

/**
 * How many bytes at the beginning of a request are ids: hops that forward put theirs in front, and
 * the one with the top bit is the request's own (docs/wire.md#framing). Throws ProtocolError.
 */
export function requestIdBytes(message: Buffer): number {
  for (let end = 4; end <= message.length; end += 4) {
    if (message.readUInt8(end - 4) >= 0x80) return end;
  }
  throw new ProtocolError('a request without a request id');
}
