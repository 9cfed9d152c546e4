const PIECE = 256 * 1024;

/** Joins many small pieces into few large buffers: each small buffer takes ten times its bytes in memory. */
export class Gathered {
  /** Bytes added since the last {@link take}. */
  length = 0;
  #full: Buffer[] = [];
  #last: Buffer = Buffer.alloc(0);
  #used = 0;

  /** Copies the bytes. */
  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.#used + bytes.length > this.#last.length) {
      this.#endPiece();
      this.#last = Buffer.allocUnsafeSlow(Math.max(PIECE, bytes.length));
    }
    this.#last.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Returns all bytes added since the last call; the caller owns the buffers. */
  take(): readonly Buffer[] {
    this.#endPiece();
    const all = this.#full;
    this.#full = [];
    this.#last = Buffer.alloc(0);
    this.length = 0;
    return all;
  }

  #endPiece(): void {
    if (this.#used > 0) this.#full.push(this.#last.subarray(0, this.#used));
    this.#used = 0;
  }
}
