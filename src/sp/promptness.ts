/** Answers that are looked at together. */
const SAMPLE = 32;
/** More late ones in a sample, and the peer is not prompt. */
const MOST_LATE = 8;
/** Answers until it is tried again: few at first, ever more while it stays so. */
const FIRST_PAUSE = 256;
const LONGEST_PAUSE = 4096;

/** Whether nearly all answers of a peer come in time, from what it did of late. */
export class Promptness {
  /** Whether the next answer is to be expected in time, or it is to be tried. */
  isPrompt = true;
  #pause = FIRST_PAUSE;
  #untried = 0;
  #seen = 0;
  #late = 0;

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
    if (this.#late <= MOST_LATE) this.#look();
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
