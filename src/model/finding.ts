/** `error`: eKuiper refuses or loses something; `warning`: works, but not as meant; `info`: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** One thing that is wrong with a plugin, at one place. */
export interface Finding {
  /** The id of the rule, as `kplugin explain` takes it. */
  readonly rule: string;
  readonly severity: Severity;
  /** POSIX path inside the plugin, or the package's own file name when it concerns all of it. */
  readonly file: string;
  /** 1-based; null when the finding has no place inside the file. */
  readonly line: number | null;
  /** 1-based, counted in UTF-16 code units as editors do; null with `line`. */
  readonly column: number | null;
  /** How many characters the caret underlines; at least 1. */
  readonly length: number;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** What eKuiper does with it (of the chosen target). */
  readonly effect: string;
  /** What fixes it: an imperative sentence or a command. */
  readonly hint: string;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Order for reading: by file, then position, then severity, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    RANK[a.severity] - RANK[b.severity] ||
    compareText(a.rule, b.rule)
  );
}

/** Order by how bad it is: errors first. */
export function bySeverity(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity];
}

/** How many findings there are of each severity. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** Byte-like order, the same under every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
