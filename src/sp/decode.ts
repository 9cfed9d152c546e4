import { constants } from 'node:buffer';
import { MessageTooLong, ProtocolError } from './errors.ts';
import { HEADER_BYTES, HELLO_BYTES, MESSAGE } from './frame.ts';

const NOTHING: Buffer = Buffer.alloc(0);
const FIRST_BODY_BYTES = 256 * 1024;
const TWO_TO_32 = 2 ** 32;
// What one Buffer can hold differs between versions of Node; what is refused should not.
const LONGEST = Math.min(constants.MAX_LENGTH, TWO_TO_32 - 1);

/**
 * Decodes one direction of a connection from chunks that are split and joined anywhere: `feed` a
 * chunk, ask until the answer is null, feed the next.
 * A body that lies whole in its chunk is a view of it, without a copy; one that spans chunks is put
 * together in memory of its own, which grows with the bytes that arrive (from a quarter of a MiB,
 * doubling) and never follows the length that a peer merely announced.
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

  /** `maxMessageBytes`: longest body accepted; by default what one Buffer can hold (4 GiB). */
  constructor(maxMessageBytes: number = LONGEST) {
    this.#limit = Math.min(maxMessageBytes, LONGEST);
  }

  /** Memory that an unfinished message takes, in bytes. */
  get held(): number {
    return this.#body?.length ?? 0;
  }

  /** Takes the next chunk; the one before must be used up. */
  feed(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /**
   * The peer's protocol number, which comes before all messages; null until all of it is there.
   * Throws ProtocolError.
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
   * The next message's body; null when the chunk is used up. Throws ProtocolError at the first byte
   * that cannot be right; the decoder is of no use from then on.
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

  /** Collects a head that is spread over chunks; true when it is complete. */
  #gather(wanted: number): boolean {
    const end = Math.min(this.#chunk.length, this.#at + wanted - this.#headBytes);
    this.#headBytes += this.#chunk.copy(this.#head, this.#headBytes, this.#at, end);
    this.#at = end;
    if (this.#headBytes < wanted) return this.#usedUp();
    this.#headBytes = 0;
    return true;
  }

  // Else a quiet connection would keep the last chunk alive.
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

  // Doubling keeps the copying linear without trusting the announced length.
  #room(body: Buffer, needed: number): Buffer {
    if (needed <= body.length) return body;
    const larger = Buffer.allocUnsafe(Math.min(this.#length, Math.max(needed, body.length * 2)));
    body.copy(larger, 0, 0, this.#filled);
    this.#body = larger;
    return larger;
  }
}
