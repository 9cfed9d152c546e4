import type { OutputStream } from './output.ts';

export interface LogLine {
  readonly stream: OutputStream;
  readonly line: string;
}

const MAX_LINES = 2_000;
const MAX_CHARACTERS = 512 * 1024;
const FORGET_AT_ONCE = 256;

/** The last lines that a plugin printed, across its processes; older lines are dropped. */
export class PluginLog {
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
