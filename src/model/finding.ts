/** `error`: eKuiper rejects or loses something; `warning`: works, but not as intended; `info`: worth knowing. */
const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A problem of a plugin, at one position. */
export interface Finding {
  /** The id of the rule, as `kplugin explain` takes it. */
  readonly rule: string;
  readonly severity: Severity;
  /** POSIX path inside the plugin, or the file name of the package when the finding concerns all of it. */
  readonly file: string;
  /** 1-based; null when the finding has no position in the file. */
  readonly line: number | null;
  /** 1-based, counted in UTF-16 code units as editors do; null with `line`. */
  readonly column: number | null;
  /** How many characters the caret underlines; at least 1. */
  readonly length: number;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What eKuiper of the chosen target does with it. */
  readonly effect: string;
  /** What fixes it: an imperative sentence or a command. */
  readonly hint: string;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Compares by file, then position, then severity, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    RANK[a.severity] - RANK[b.severity] ||
    compareText(a.rule, b.rule)
  );
}

/** Compares by severity: errors first. */
export function bySeverity(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity];
}

/** The number of findings of each severity. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** Compares by UTF-16 code units, independent of the locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
