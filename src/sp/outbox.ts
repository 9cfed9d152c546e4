import type { Socket } from 'node:net';
import { ConnectionClosed } from './errors.ts';
import { HEADER_BYTES, writeHeader } from './frame.ts';

const NOTHING: Buffer = Buffer.alloc(0);
const DONE = Promise.resolve();

/** Messages are collected up to this size before they are written. */
const GATHER_BYTES = 64 * 1024;

/** A buffer that grew for a long text is kept up to this size; longer texts get a buffer of their own. */
const KEPT_BYTES = 1024 * 1024;

/** Binary bodies from this length on are written without a copy: the copy would cost more than a second write. */
const OWN_WRITE_BYTES = 32 * 1024;

/**
 * After this many bytes in one event loop turn the sender pauses, even if the peer takes more, so that other work runs.
 */
const TURN_BYTES = 256 * 1024;

/** `refused`: nothing was taken, the connection is broken. `busy`: not accepted, wait for `idle`. */
type Outcome = 'taken' | 'under way' | 'busy' | 'refused';

/**
 * The output buffer of one connection. Messages are encoded into one buffer, which is written when it is full, at the
 * end of the event loop turn, or on `write`. At most one write is in progress, and meanwhile no message is accepted:
 * memory use stays constant, and after a connection loss it is known which frames the operating system never took
 * ({@link rest}).
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #onIdle: () => void;
  #buffer = NOTHING;
  #filled = 0;
  #busy = false;
  #refused = false;
  #scheduled = false;
  #turnBytes = 0;
  #writes = 0;
  #confirmed = 0;
  #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  /** `onIdle` is called whenever more messages are accepted than before, in an event loop turn of its own. */
  constructor(socket: Socket, onIdle: () => void) {
    this.#socket = socket;
    this.#onIdle = onIdle;
  }

  /** Whether a message would be accepted. */
  get free(): boolean {
    return !this.#busy && !this.#refused;
  }

  /** Whether the sender may continue at once; false also after its share of this event loop turn. */
  get ready(): boolean {
    return this.free && this.#turnBytes < TURN_BYTES;
  }

  /** Whether all bytes were handed to the operating system. */
  get empty(): boolean {
    return this.#filled === 0 && !this.#busy;
  }

  /** Appends a message to the buffer; false when it was not accepted. */
  put(body: Uint8Array | string, head: Uint8Array = NOTHING): boolean {
    if (!this.#add(body, head)) return false;
    this.#settle();
    return true;
  }

  /** Appends whole frames: the {@link rest} of another connection. */
  putFrames(frames: Uint8Array): boolean {
    if (!this.free || !this.#reserve(frames.length)) return false;
    this.#buffer.set(frames, this.#filled);
    this.#filled += frames.length;
    this.#settle();
    return true;
  }

  /** Writes a message at once, after the buffered ones. */
  write(body: Uint8Array | string, head: Uint8Array = NOTHING): Outcome {
    this.flush();
    if (this.#busy) return 'busy';
    if (!this.#add(body, head)) return 'refused';
    this.flush();
    if (!this.#refused) return this.#busy ? 'under way' : 'taken';
    this.#filled = 0;
    return 'refused';
  }

  /** Like `write`, but waits until the message is accepted. Throws ConnectionClosed. */
  post(body: Uint8Array | string, head: Uint8Array = NOTHING): Promise<void> {
    const outcome = this.write(body, head);
    if (outcome === 'taken') return DONE;
    return outcome === 'busy' ? this.idle().then(() => this.post(body, head)) : this.idle();
  }

  /** Writes the buffered messages. */
  flush(): void {
    if (this.#filled === 0 || this.#busy || this.#refused) return;
    this.#writes += 1;
    this.#socket.write(this.#buffer.subarray(0, this.#filled), this.#onWritten);
    if (this.#wasTaken(this.#filled)) this.#filled = 0;
  }

  /** Resolves when the operating system took the write in progress. Throws ConnectionClosed. */
  idle(): Promise<void> {
    if (this.#refused) return Promise.reject(closed());
    if (!this.#busy) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Called when the connection is closed: nothing is accepted any more, and waiting calls are rejected. */
  close(): void {
    this.#refused = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
  }

  /** Buffered frames that the operating system never took, available after the close. */
  get rest(): Buffer | null {
    return this.#busy || this.#filled === 0 ? null : this.#buffer.subarray(0, this.#filled);
  }

  #add(body: Uint8Array | string, head: Uint8Array): boolean {
    if (!this.free) return false;
    return typeof body === 'string' ? this.#putText(body, head) : this.#putBytes(body, head);
  }

  #putText(text: string, head: Uint8Array): boolean {
    const frame = HEADER_BYTES + head.length;
    // Counting the UTF-8 bytes of a text takes longer than writing them; three per character are always enough.
    const most = frame + text.length * 3;
    if (most > KEPT_BYTES) return this.#putBytes(Buffer.from(text), head);
    if (!this.#reserve(most)) return false;
    return this.#frame(head, this.#buffer.write(text, this.#filled + frame));
  }

  #putBytes(body: Uint8Array, head: Uint8Array): boolean {
    if (body.length >= OWN_WRITE_BYTES) return this.#writeAlone(body, head);
    const frame = HEADER_BYTES + head.length;
    if (!this.#reserve(frame + body.length)) return false;
    this.#buffer.set(body, this.#filled + frame);
    return this.#frame(head, body.length);
  }

  #frame(head: Uint8Array, bodyBytes: number): true {
    writeHeader(this.#buffer, this.#filled, head.length + bodyBytes);
    if (head.length > 0) this.#buffer.set(head, this.#filled + HEADER_BYTES);
    this.#filled += HEADER_BYTES + head.length + bodyBytes;
    return true;
  }

  #writeAlone(body: Uint8Array, head: Uint8Array): boolean {
    if (!this.#reserve(GATHER_BYTES)) return false;
    this.flush();
    if (!this.free) return false;
    writeHeader(this.#buffer, 0, head.length + body.length);
    this.#buffer.set(head, HEADER_BYTES);
    this.#writes += 2;
    this.#socket.cork();
    this.#socket.write(this.#buffer.subarray(0, HEADER_BYTES + head.length), this.#onWritten);
    this.#socket.write(body, this.#onWritten);
    this.#socket.uncork();
    this.#wasTaken(body.length);
    return !this.#refused;
  }

  /** Makes room for a frame by writing the buffer; false when that write is still in progress. */
  #reserve(bytes: number): boolean {
    if (this.#filled + bytes <= this.#buffer.length) return true;
    this.flush();
    if (!this.free) return false;
    if (bytes > this.#buffer.length) {
      const size = 2 ** Math.ceil(Math.log2(Math.max(bytes, GATHER_BYTES)));
      this.#buffer = Buffer.allocUnsafeSlow(size);
    }
    return true;
  }

  #settle(): void {
    if (this.#filled >= GATHER_BYTES) this.flush();
    if (this.#filled > 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#onTurn);
  }

  readonly #onTurn = (): void => {
    this.#scheduled = false;
    this.#turnBytes = 0;
    this.flush();
    if (this.free) this.#onIdle();
  };

  // Node hands a write to the operating system at once; `writableLength` counts the bytes that did not fit.
  #wasTaken(bytes: number): boolean {
    this.#turnBytes += bytes;
    if (this.#turnBytes >= TURN_BYTES) this.#schedule();
    this.#refused = this.#socket.errored !== null || this.#socket.destroyed;
    this.#busy = !this.#refused && this.#socket.writableLength > 0;
    return !this.#busy && !this.#refused;
  }

  readonly #onWritten = (error?: Error | null): void => {
    this.#confirmed += 1;
    // A write that was truncated by the close of its socket is confirmed without an error.
    if (error || this.#socket.destroyed || !this.#busy || this.#confirmed < this.#writes) return;
    this.#busy = false;
    this.#filled = 0;
    for (const { resolve } of this.#waiting.splice(0)) resolve();
    this.#onIdle();
  };
}

function closed(): ConnectionClosed {
  return new ConnectionClosed('the connection is closed');
}
