/** Answers that are looked at together. */
export const SAMPLE = 32;
/** Answers until it is tried again: few at first, ever more while it stays so. */
const FIRST_PAUSE = 256;
const LONGEST_PAUSE = 4096;

/** Whether enough answers of a peer come in time, from what it did of late. */
export class Promptness {
  readonly #mostLate: number;
  /** Whether the next answer is to be expected in time, or it is to be tried. */
  isPrompt = true;
  #pause = FIRST_PAUSE;
  #untried = 0;
  #seen = 0;
  #late = 0;

  /** More late answers than `mostLate` in a sample of 32, and the peer is not prompt. */
  constructor(mostLate: number) {
    this.#mostLate = mostLate;
  }

  /** An answer came, in time or not; that says nothing while {@link isPrompt} is false. */
  came(isInTime: boolean): void {
    if (!this.isPrompt) this.#rest();
    else if (isInTime) this.#look();
    else this.#count();
  }

  #rest(): void {
    this.#untried -= 1;
    this.isPrompt = this.#untried === 0;
  }

  #count(): void {
    this.#late += 1;
    if (this.#late <= this.#mostLate) this.#look();
    else this.#giveUp();
  }

  #look(): void {
    this.#seen += 1;
    if (this.#seen < SAMPLE) return;
    this.#pause = FIRST_PAUSE;
    this.#begin();
  }

  #giveUp(): void {
    this.isPrompt = false;
    this.#untried = this.#pause;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#begin();
  }

  #begin(): void {
    this.#seen = 0;
    this.#late = 0;
  }
}
