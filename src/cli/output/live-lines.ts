import { visibleLine } from '../../model/printable.ts';

/** Lines at the bottom of a terminal that are redrawn in place. */
export interface LiveLines {
  /** How many lines fit on the screen. */
  room(): number;
  /** Replaces the lines. */
  draw(lines: readonly string[]): void;
  /** Erases the lines. */
  end(): void;
}

export interface LinesScreen {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

const RESERVED = 2;

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
