import { readFileSync } from 'node:fs';

const SAMPLE_MS = 50;
const PAGE = 4096;

/** Watches the resident memory of a process, this one or another (Linux only; 0 elsewhere). */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #base = 0;
  #peak = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  /** From now on growth counts; what the process took until now is what it needs. */
  mark(): void {
    this.#sample();
    this.#base = this.#peak;
  }

  /** Ends watching; bytes by which the process outgrew the most that it had before the mark. */
  end(): number {
    this.#sample();
    clearInterval(this.#timer);
    return this.#peak - this.#base;
  }

  #sample(): void {
    this.#peak = Math.max(this.#peak, residentBytes(this.#pid));
  }
}

function residentBytes(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE;
  } catch {
    return 0;
  }
}
