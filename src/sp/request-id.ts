import { ProtocolError } from './errors.ts';

/**
 * Length in bytes of the ids at the start of a request: forwarding hops prepend theirs, and the id with the top bit set
 * is the request's own (docs/wire.md#framing). Throws ProtocolError.
 */
export function requestIdBytes(message: Buffer): number {
  for (let end = 4; end <= message.length; end += 4) {
    if (message.readUInt8(end - 4) >= 0x80) return end;
  }
  throw new ProtocolError('a request without a request id');
}
