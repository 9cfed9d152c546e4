import { constants } from 'node:buffer';
import { ProtocolError } from './errors.ts';

/** Protocol numbers of the Scalability Protocols, as the hello carries them (protocol.md §1). */
export const PROTOCOL = { req: 0x30, rep: 0x31, push: 0x50, pull: 0x51 } as const;

export type Protocol = (typeof PROTOCOL)[keyof typeof PROTOCOL];

/** The only protocol that the other side may speak. */
export const COUNTERPART: Readonly<Record<Protocol, Protocol>> = {
  [PROTOCOL.req]: PROTOCOL.rep,
  [PROTOCOL.rep]: PROTOCOL.req,
  [PROTOCOL.push]: PROTOCOL.pull,
  [PROTOCOL.pull]: PROTOCOL.push,
};

/** What a stream of bytes decodes to: the peer's hello first, then messages for ever. */
export type Frame =
  | { readonly kind: 'hello'; readonly protocol: number }
  | { readonly kind: 'message'; readonly body: Buffer };

const HELLO_BYTES = 8;
const HEADER_BYTES = 9;
const MESSAGE = 1;
const FIRST_BODY_BYTES = 64 * 1024;

/** The 8 bytes that each side sends when the connection opens: `\0SP\0`, number, reserved. */
export function hello(protocol: Protocol): Buffer {
  const bytes = Buffer.from([0, 0x53, 0x50, 0, 0, 0, 0, 0]);
  bytes.writeUInt16BE(protocol, 4);
  return bytes;
}

/** The 9 bytes before a message's body on IPC: `01` and the length as 64 bits, big-endian. */
export function messageHeader(bodyBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES);
  bytes[0] = MESSAGE;
  bytes.writeBigUInt64BE(BigInt(bodyBytes), 1);
  return bytes;
}

/**
 * Decodes one direction of a connection from chunks that are split and joined anywhere.
 * Every byte is copied a bounded number of times, and memory follows the bytes that arrived, never
 * the length that a peer merely announced.
 */
export class FrameDecoder {
  readonly #maxMessageBytes: number;
  readonly #head = Buffer.alloc(HEADER_BYTES);
  #headBytes = HELLO_BYTES;
  #body: Buffer | null = null;
  #bodyBytes = 0;
  #filled = 0;
  #greeted = false;

  /** `maxMessageBytes`: longest body accepted; by default what one Buffer can hold. */
  constructor(maxMessageBytes: number = constants.MAX_LENGTH) {
    this.#maxMessageBytes = Math.min(maxMessageBytes, constants.MAX_LENGTH);
  }

  /**
   * The frames that are complete with this chunk. Throws ProtocolError at the first byte that
   * cannot be right, after the frames before it; the decoder is of no use from then on.
   */
  *push(chunk: Uint8Array): Generator<Frame> {
    let rest = chunk;
    while (rest.length > 0 || this.#bodyIsComplete()) {
      rest = rest.subarray(this.#fill(rest));
      const frame = this.#step();
      if (frame !== null) yield frame;
    }
  }

  #bodyIsComplete(): boolean {
    return this.#body !== null && this.#filled === this.#bodyBytes;
  }

  /** Takes what the present head or body still lacks; returns how many bytes that were. */
  #fill(bytes: Uint8Array): number {
    const target = this.#body === null ? this.#headBytes : this.#bodyBytes;
    const taken = Math.min(bytes.length, target - this.#filled);
    const buffer = this.#body === null ? this.#head : this.#room(this.#body, this.#filled + taken);
    buffer.set(bytes.subarray(0, taken), this.#filled);
    this.#filled += taken;
    return taken;
  }

  // Doubling keeps the copying linear without trusting the announced length.
  #room(body: Buffer, needed: number): Buffer {
    if (needed <= body.length) return body;
    const larger = Buffer.allocUnsafe(Math.min(this.#bodyBytes, Math.max(needed, body.length * 2)));
    body.copy(larger, 0, 0, this.#filled);
    this.#body = larger;
    return larger;
  }

  #step(): Frame | null {
    if (this.#body !== null) return this.#bodyIsComplete() ? this.#endMessage(this.#body) : null;
    if (this.#filled < this.#headBytes) return null;
    if (this.#greeted) return this.#beginMessage();
    return this.#endHello();
  }

  #endHello(): Frame {
    if (this.#head.readUInt32BE(0) !== 0x00535000 || this.#head.readUInt16BE(6) !== 0) {
      throw new ProtocolError('the peer does not speak the Scalability Protocols');
    }
    this.#greeted = true;
    this.#headBytes = HEADER_BYTES;
    this.#filled = 0;
    return { kind: 'hello', protocol: this.#head.readUInt16BE(4) };
  }

  #beginMessage(): null {
    if (this.#head[0] !== MESSAGE) {
      throw new ProtocolError(`frame type ${this.#head[0]} where a message should start`);
    }
    const length = this.#head.readBigUInt64BE(1);
    if (length > BigInt(this.#maxMessageBytes)) {
      throw new ProtocolError(
        `a message of ${length} bytes, more than the ${this.#maxMessageBytes} accepted`,
      );
    }
    this.#bodyBytes = Number(length);
    this.#body = Buffer.allocUnsafe(Math.min(this.#bodyBytes, FIRST_BODY_BYTES));
    this.#filled = 0;
    return null;
  }

  #endMessage(body: Buffer): Frame {
    this.#body = null;
    this.#filled = 0;
    return { kind: 'message', body: body.subarray(0, this.#bodyBytes) };
  }
}
