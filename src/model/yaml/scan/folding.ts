import type { Cursor } from './cursor.ts';

/** The white space between two pieces of a flow scalar: blanks as written, or line ends folded into a space. */
export class Folding {
  hasBreak = false;
  #blanks = '';
  #first = '';
  #more = '';

  get isEmpty(): boolean {
    return !this.hasBreak && this.#blanks === '';
  }

  /** Blanks count only before the first line end. */
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

  /** An escaped line end leaves nothing behind but the empty lines that follow. */
  takeEscapedBreak(cursor: Cursor): void {
    cursor.takeBreak();
    this.hasBreak = true;
  }

  /** What stands between the two pieces; starts anew. */
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
