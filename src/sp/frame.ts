import { constants } from 'node:buffer';
import { MessageTooLong, ProtocolError } from './errors.ts';

/** Protocol numbers of the Scalability Protocols, as sent in the hello (docs/wire.md#framing). */
export const PROTOCOL = { req: 0x30, rep: 0x31, push: 0x50, pull: 0x51 } as const;

export type Protocol = (typeof PROTOCOL)[keyof typeof PROTOCOL];

/** The protocol that the peer must have. */
export const COUNTERPART: Readonly<Record<Protocol, Protocol>> = {
  [PROTOCOL.req]: PROTOCOL.rep,
  [PROTOCOL.rep]: PROTOCOL.req,
  [PROTOCOL.push]: PROTOCOL.pull,
  [PROTOCOL.pull]: PROTOCOL.push,
};

const HELLO_BYTES = 8;
export const HEADER_BYTES = 9;

/** The first byte of every message on IPC. */
const MESSAGE = 1;

const TWO_TO_32 = 2 ** 32;
const NOTHING: Buffer = Buffer.alloc(0);
const FIRST_BODY_BYTES = 256 * 1024;

// The maximum length of a Buffer differs between Node versions; the limit here does not.
const LONGEST = Math.min(constants.MAX_LENGTH, TWO_TO_32 - 1);

/**
 * Decodes one direction of a connection from chunks that are split and joined anywhere: `feed` a chunk, call `next`
 * until it returns null, feed the next chunk. A body that lies whole in its chunk is a view of the chunk, without a
 * copy; one that spans chunks is assembled in a buffer of its own, which grows with the bytes that arrive (from a
 * quarter of a MiB, doubling) and never with the length that a peer merely announced.
 */
export class FrameDecoder {
  readonly #limit: number;
  readonly #head = Buffer.alloc(HEADER_BYTES);
  #headBytes = 0;
  #chunk: Buffer = NOTHING;
  #at = 0;
  #body: Buffer | null = null;
  #length = 0;
  #filled = 0;

  /** `maxMessageBytes`: longest body accepted; default 4 GiB, the maximum of one Buffer. */
  constructor(maxMessageBytes: number = LONGEST) {
    this.#limit = Math.min(maxMessageBytes, LONGEST);
  }

  /** Memory in bytes that an unfinished message takes. */
  get held(): number {
    return this.#body?.length ?? 0;
  }

  /** Takes the next chunk; the previous one must be fully decoded. */
  feed(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /**
   * The peer's protocol number, which precedes all messages; null until the hello is complete. Throws ProtocolError.
   */
  hello(): number | null {
    if (!this.#gather(HELLO_BYTES)) return null;
    const head = this.#head;
    if (head.readUInt32BE(0) !== 0x00535000 || head.readUInt16BE(6) !== 0) {
      throw new ProtocolError('the peer does not speak the Scalability Protocols');
    }
    return head.readUInt16BE(4);
  }

  /**
   * The next message's body; null when the chunk is fully decoded. Throws ProtocolError at the first invalid byte; the
   * decoder must not be used after that.
   */
  next(): Buffer | null {
    if (this.#body !== null) return this.#fill(this.#body);
    const length = this.#header();
    if (length === null) return null;
    const end = this.#at + length;
    if (end > this.#chunk.length) return this.#begin(length);
    const body = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    return body;
  }

  #header(): number | null {
    if (this.#headBytes === 0 && this.#chunk.length - this.#at >= HEADER_BYTES) {
      const at = this.#at;
      this.#at += HEADER_BYTES;
      return this.#lengthAt(this.#chunk, at);
    }
    return this.#gather(HEADER_BYTES) ? this.#lengthAt(this.#head, 0) : null;
  }

  #lengthAt(bytes: Buffer, at: number): number {
    if (bytes[at] !== MESSAGE) {
      throw new ProtocolError(`frame type ${bytes[at]} where a message should start`);
    }
    const length = bytes.readUInt32BE(at + 1) * TWO_TO_32 + bytes.readUInt32BE(at + 5);
    if (length > this.#limit) {
      throw new MessageTooLong(bytes.readBigUInt64BE(at + 1), this.#limit);
    }
    return length;
  }

  /** Collects a header that spans chunks; true when it is complete. */
  #gather(wanted: number): boolean {
    const end = Math.min(this.#chunk.length, this.#at + wanted - this.#headBytes);
    this.#headBytes += this.#chunk.copy(this.#head, this.#headBytes, this.#at, end);
    this.#at = end;
    if (this.#headBytes < wanted) return this.#usedUp();
    this.#headBytes = 0;
    return true;
  }

  // Otherwise an idle connection would keep the last chunk in memory.
  #usedUp(): false {
    this.#chunk = NOTHING;
    this.#at = 0;
    return false;
  }

  #begin(length: number): null {
    const body = Buffer.allocUnsafe(Math.min(length, FIRST_BODY_BYTES));
    this.#body = body;
    this.#length = length;
    this.#filled = 0;
    this.#fill(body);
    return null;
  }

  #fill(body: Buffer): Buffer | null {
    const end = Math.min(this.#chunk.length, this.#at + this.#length - this.#filled);
    const room = this.#room(body, this.#filled + end - this.#at);
    this.#filled += this.#chunk.copy(room, this.#filled, this.#at, end);
    this.#at = end;
    if (this.#filled < this.#length) {
      this.#usedUp();
      return null;
    }
    this.#body = null;
    this.#filled = 0;
    return room;
  }

  // Doubling keeps the total copying linear, and the announced length is not trusted.
  #room(body: Buffer, needed: number): Buffer {
    if (needed <= body.length) return body;
    const larger = Buffer.allocUnsafe(Math.min(this.#length, Math.max(needed, body.length * 2)));
    body.copy(larger, 0, 0, this.#filled);
    this.#body = larger;
    return larger;
  }
}

/** The 8 bytes that each side sends when the connection opens: `\0SP\0`, number, reserved. */
export function hello(protocol: Protocol): Buffer {
  const bytes = Buffer.from([0, 0x53, 0x50, 0, 0, 0, 0, 0]);
  bytes.writeUInt16BE(protocol, 4);
  return bytes;
}

/** The 9 bytes before a message's body on IPC: `01` and the length as 64 bits, big-endian. */
export function messageHeader(bodyBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES);
  writeHeader(bytes, 0, bodyBytes);
  return bytes;
}

/** Writes the result of {@link messageHeader} into `bytes` at offset `at`. */
export function writeHeader(bytes: Buffer, at: number, bodyBytes: number): void {
  bytes[at] = MESSAGE;
  bytes.writeUInt32BE(Math.floor(bodyBytes / TWO_TO_32), at + 1);
  bytes.writeUInt32BE(bodyBytes % TWO_TO_32, at + 5);
}

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
