import { visibleLine } from '../../model/printable.ts';

/** Lines at the bottom of a terminal that are drawn again and again, until they are taken away. */
export interface LiveLines {
  /** How many lines fit, without scrolling any of them away. */
  room(): number;
  /** Draws these lines in the place of the last ones. */
  draw(lines: readonly string[]): void;
  /** Takes them away. */
  end(): void;
}

export interface LinesScreen {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

const RESERVED = 2;

/** Lines on a screen; a line of text goes above them with `above`. */
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
