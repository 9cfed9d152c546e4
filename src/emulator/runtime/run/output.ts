import type { Readable } from 'node:stream';

const LAST_LINES = 20;
/** Bytes. Bounds the memory for a line without an end. */
const LONGEST_LINE = 16 * 1024;

export type OutputStream = 'stdout' | 'stderr';

/** Reads both output streams of a plugin line by line and keeps the last lines for a diagnosis. */
export class Output {
  readonly #last: Record<OutputStream, string[]> = { stdout: [], stderr: [] };
  readonly #onLine: (stream: OutputStream, line: string) => void;

  constructor(onLine: (stream: OutputStream, line: string) => void) {
    this.#onLine = onLine;
  }

  follow(name: OutputStream, stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) this.#line(name, line);
      if (rest.length > LONGEST_LINE) {
        this.#line(name, rest);
        rest = '';
      }
    });
    stream.on('end', () => {
      if (rest !== '') this.#line(name, rest);
    });
    // A broken pipe ends the output; the exit of the process is reported separately.
    stream.on('error', () => undefined);
  }

  /** The last lines of stderr, or of stdout when stderr has none. */
  get lastLines(): readonly string[] {
    return this.#last.stderr.length > 0 ? this.#last.stderr : this.#last.stdout;
  }

  #line(stream: OutputStream, line: string): void {
    const last = this.#last[stream];
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
    this.#onLine(stream, line);
  }
}
