import type { Cursor } from './cursor.ts';

/** The white space between two parts of a flow scalar: blanks as written, or line ends folded into a space. */
export class Folding {
  hasBreak = false;
  #blanks = '';
  #first = '';
  #more = '';

  get isEmpty(): boolean {
    return !this.hasBreak && this.#blanks === '';
  }

  /** Adds a blank; ignored after the first line end. */
  takeBlank(cursor: Cursor): void {
    const start = cursor.at;
    cursor.skip();
    if (!this.hasBreak) this.#blanks += cursor.slice(start);
  }

  takeBreak(cursor: Cursor): void {
    if (this.hasBreak) this.#more += cursor.takeBreak();
    else this.#first = cursor.takeBreak();
    this.hasBreak = true;
  }

  /** Adds an escaped line end, which is removed; the empty lines after it are kept. */
  takeEscapedBreak(cursor: Cursor): void {
    cursor.takeBreak();
    this.hasBreak = true;
  }

  /** Returns the white space between the two parts and resets it. */
  join(): string {
    const joined = this.hasBreak ? this.#folded() : this.#blanks;
    this.hasBreak = false;
    this.#blanks = '';
    this.#first = '';
    this.#more = '';
    return joined;
  }

  #folded(): string {
    if (this.#first !== '\n') return this.#first + this.#more;
    return this.#more === '' ? ' ' : this.#more;
  }
}
