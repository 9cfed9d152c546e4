import { visibleLine } from '../model/printable.ts';

/** Characters of the bar. */
const WIDTH = 24;

const EVERY_MS = 80;

/** Rows of the terminal that live lines leave free. */
const RESERVED = 2;

/** A bar, or the elapsed seconds, in the last line of a terminal. */
export interface Progress {
  /** `done` in the unit of the total. */
  update(done: number): void;
  /** Replaces the label. */
  label(text: string): void;
  /** Removes the bar; call it in `finally`. */
  end(): void;
}

export const NO_PROGRESS: Progress = { update() {}, label() {}, end() {} };

interface Screen {
  write(text: string): unknown;
  readonly columns?: number;
}

/**
 * Draws a one-line progress bar (elapsed seconds if the total is null), redrawn at most every 80 ms. `now`
 * returns milliseconds.
 */
export function drawProgress(
  screen: Screen,
  label: string,
  total: number | null,
  now: () => number,
): Progress {
  const started = now();
  let text = label;
  let last = Number.NEGATIVE_INFINITY;
  let done = 0;
  const draw = (): void => {
    const body = total === null ? clock(now() - started) : bar(done, total);
    screen.write(`\r\u001b[2K${clip(`${visibleLine(text)} ${body}`, screen.columns || 80)}`);
    last = now();
  };
  const timer = total === null ? setInterval(draw, 1000).unref() : undefined;
  draw();
  return {
    update(value) {
      done = value;
      if (now() - last >= EVERY_MS) draw();
    },
    label(next) {
      text = next;
      draw();
    },
    end() {
      clearInterval(timer);
      screen.write('\r\u001b[2K');
    },
  };
}

function bar(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(share * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %`;
}

function clock(ms: number): string {
  return `${Math.floor(ms / 1000)} s`;
}

function clip(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, columns - 1);
}

/** Lines at the bottom of a terminal that are redrawn in place. */
export interface LiveLines {
  /** How many lines fit on the screen. */
  room(): number;
  /** Replaces the lines. */
  draw(lines: readonly string[]): void;
  /** Erases the lines. */
  end(): void;
}

interface LinesScreen extends Screen {
  readonly rows?: number;
}

/** Live lines on a terminal; `above` prints text above them. */
export function drawLines(screen: LinesScreen): LiveLines & { above(text: string): void } {
  let drawn: readonly string[] = [];
  const erase = (): string => (drawn.length === 0 ? '' : `\u001b[${drawn.length}A\r\u001b[J`);
  const clipped = (line: string): string => {
    const columns = (screen.columns || 80) - 1;
    return line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
  };
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return {
    room: () => Math.max(1, (screen.rows || 24) - RESERVED),
    draw(lines) {
      const next = lines.map((line) => clipped(visibleLine(line)));
      screen.write(erase() + text(next));
      drawn = next;
    },
    above(line) {
      screen.write(`${erase()}${line}${text(drawn)}`);
    },
    end() {
      screen.write(erase());
      drawn = [];
    },
  };
}
