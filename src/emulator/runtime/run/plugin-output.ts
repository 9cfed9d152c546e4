import type { Readable } from 'node:stream';

const LAST_LINES = 20;

/** Bytes. Bounds the memory for a line without an end. */
const LONGEST_LINE = 16 * 1024;

const MAX_LINES = 2_000;
const MAX_CHARACTERS = 512 * 1024;
const FORGET_AT_ONCE = 256;

export type OutputStream = 'stdout' | 'stderr';

export interface LogLine {
  readonly stream: OutputStream;
  readonly line: string;
}

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

/** The logs of all plugins of a host. */
export class PluginLogs {
  readonly #logs = new Map<string, PluginLog>();

  add(plugin: string, line: LogLine): void {
    const log = this.#logs.get(plugin) ?? new PluginLog();
    this.#logs.set(plugin, log);
    log.add(line);
  }

  of(plugin: string): readonly LogLine[] {
    return this.#logs.get(plugin)?.lines ?? [];
  }
}

/** The last lines that a plugin printed, across its processes; older lines are dropped. */
class PluginLog {
  readonly #lines: LogLine[] = [];
  #first = 0;
  #characters = 0;

  add({ stream, line }: LogLine): void {
    this.#lines.push({ stream, line });
    this.#characters += line.length;
    while (this.#count > MAX_LINES || this.#characters > MAX_CHARACTERS) {
      this.#characters -= this.#lines[this.#first]?.line.length ?? 0;
      this.#first += 1;
    }
    // Removing single lines from the front would move all others each time.
    if (this.#first > FORGET_AT_ONCE) {
      this.#lines.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Oldest first. */
  get lines(): readonly LogLine[] {
    return this.#lines.slice(this.#first);
  }

  get #count(): number {
    return this.#lines.length - this.#first;
  }
}
