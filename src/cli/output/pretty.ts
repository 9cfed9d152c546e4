import type { Finding } from '../../model/finding.ts';
import { maskedLines } from '../../model/secrets/masked-lines.ts';
import type { SourceText } from '../../model/source-text.ts';
import { columnsOf, printable } from './printable.ts';
import { severityText } from './severity-text.ts';
import { bad, bold, type Cell, dim, type Note, type View } from './view.ts';

const WIDTH = 90;

const LEAD = 40;

/** Returns the text of a file with findings; null when it has none. */
export type TextOf = (file: string) => Promise<SourceText | null>;

/** Findings for the terminal: position, message, the line with a caret, what eKuiper does, and the fix. */
export function findingViews(findings: readonly Finding[], textOf: TextOf): Promise<View[]> {
  const lineOf = linesOnce();
  return Promise.all(
    findings.map(async (finding) => ({
      title: headLine(finding),
      lines: excerptLines(finding, await textOf(finding.file), lineOf),
      notes: [
        { label: WHY, text: finding.effect },
        { label: FIX, text: finding.hint, whole: true },
      ] satisfies Note[],
    })),
  );
}

/** Indents the reason below its finding. */
const WHY: Cell = ['  ', dim('why'), ' '];
const FIX: Cell = ['  ', dim('fix'), ' '];

function headLine({ file, line, column, severity, message, rule }: Finding): Cell {
  const place = line === null ? file : `${file}:${line}:${column ?? 1}`;
  return [bold(place), '  ', severityText(severity), `  ${message}  `, dim(`[${rule}]`)];
}

type LineOf = (file: string, text: SourceText, line: number) => string;

/** Searches each file for secrets only once: one line of a megabyte may have a thousand findings. */
function linesOnce(): LineOf {
  const known = new Map<string, readonly string[]>();
  return (file, text, line) => {
    const lines = known.get(file) ?? maskedLines(file, text.text.split(/\r\n|\n|\r/));
    known.set(file, lines);
    return lines[line - 1] ?? '';
  };
}

function excerptLines(finding: Finding, text: SourceText | null, lineOf: LineOf): Cell[] {
  if (finding.line === null || text === null) return [];
  const { line, before, under } = excerptOf(
    lineOf(finding.file, text, finding.line),
    finding.column ?? 1,
    finding.length,
  );
  const number = String(finding.line).padStart(4);
  return [
    [dim(`${number} |`), ` ${line}`],
    [dim(`${' '.repeat(4)} |`), ` ${' '.repeat(before)}`, bad('^'.repeat(under))],
  ];
}

/** A part of a line and what to underline in it, with control characters escaped. */
interface Excerpt {
  readonly line: string;
  /** Columns before the underline. */
  readonly before: number;
  /** Columns of the underline; at least 1. */
  readonly under: number;
}

/**
 * Cuts a line around a position (1-based column, length in UTF-16 units). Tabs become two spaces; control characters
 * are escaped.
 */
export function excerptOf(line: string, column: number, length: number): Excerpt {
  const place = column - 1;
  const from = line.length <= WIDTH || place < LEAD ? 0 : place - LEAD;
  const to = Math.min(line.length, from + WIDTH);
  const lead = from > 0 ? '…' : '';
  const before = lead + shown(line.slice(from, place));
  const marked = shown(line.slice(place, Math.min(to, place + length)));
  const after = shown(line.slice(Math.min(to, place + length), to));
  return {
    line: `${before}${marked}${after}${to < line.length ? '…' : ''}`,
    before: columnsOf(before),
    under: Math.max(1, columnsOf(marked)),
  };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}
