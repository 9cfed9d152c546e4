import type { Examination } from '../../lint/lint.ts';
import { countFindings, type Finding, type Severity } from '../../model/finding.ts';
import { visibleLine } from '../../model/printable.ts';
import { maskedLines } from '../../model/secrets/masked-lines.ts';
import type { SourceText } from '../../model/source-text.ts';
import { count } from './number-text.ts';
import { columnsOf } from './render.ts';
import { ownCommand } from './terminal-codes.ts';
import { bad, bold, type Cell, dim, info, type Note, type Toned, type View, warn } from './view.ts';

/** GitHub's names of the severities. */
const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** Longer lines of a file are cut to this many characters around the finding. */
const WIDTH = 90;

/** Characters that are shown before the finding in a line that was cut. */
const LEAD = 40;

/** Indents the reason below its finding. */
const WHY: Cell = ['  ', dim('why'), ' '];

const FIX: Cell = ['  ', dim('fix'), ' '];

/** Returns the views of findings; works after the plugin is closed. */
export type FindingsWriter = () => Promise<readonly View[]>;

/** Reads the lines that findings point at while the plugin is open, so that they can be printed later. */
export async function findingsWriter(
  findings: readonly Finding[],
  subject: Examination['subject'],
): Promise<FindingsWriter> {
  const files = new Set(findings.flatMap(({ file, line }) => (line === null ? [] : [file])));
  const texts = new Map(
    await Promise.all(
      [...files].map(async (file) => [file, (await subject.text(file))?.source ?? null] as const),
    ),
  );
  return () => findingViews(findings, async (file) => texts.get(file) ?? null);
}

/** Returns the text of a file with findings; null when it has none. */
type TextOf = (file: string) => Promise<SourceText | null>;

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
  return visibleLine(text.replaceAll('\t', '  '));
}

/** The name of a severity in its colour. */
export function severityText(severity: Severity): Toned {
  if (severity === 'error') return bad('error');
  return severity === 'warning' ? warn('warning') : info('note');
}

/** `2 errors, 1 warning, 3 notes`; `no findings` for an empty list. */
export function countText(findings: readonly Finding[]): string {
  const { error, warning, info: notes } = countFindings(findings);
  const parts = [
    error === 0 ? '' : count(error, 'error'),
    warning === 0 ? '' : count(warning, 'warning'),
    notes === 0 ? '' : count(notes, 'note'),
  ];
  return parts.filter((part) => part !== '').join(', ') || 'no findings';
}

/**
 * Findings as GitHub workflow commands, which become annotations. `place` converts a path in the plugin to a path in
 * the repository. Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
export function githubFindings(
  findings: readonly Finding[],
  place: (file: string) => string,
): string {
  return findings.map((finding) => ownCommand(annotation(finding, place(finding.file)))).join('');
}

function annotation(finding: Finding, file: string): string {
  const { line, column, length, rule, severity, message, effect, hint } = finding;
  const properties = [
    ['file', file],
    ...(line === null
      ? []
      : [
          ['line', String(line)],
          ['col', String(column ?? 1)],
          ['endColumn', String((column ?? 1) + length)],
        ]),
    ['title', rule],
  ];
  const list = properties.map(([key, value]) => `${key}=${escapedProperty(value ?? '')}`).join(',');
  const text = [message, effect, `Fix: ${hint}`].map(visibleLine).join('\n');
  return `::${LEVEL[severity]} ${list}::${escaped(text)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(visibleLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
