import type { Severity } from '../../model/finding.ts';
import type { Span } from '../../model/json/node.ts';
import type { Subject } from '../subject/subject.ts';

/** The text that `kplugin explain <rule>` prints. */
export interface Explanation {
  /** What the rule checks, one or two sentences. */
  readonly means: string;
  /** What eKuiper does, and from which version on. */
  readonly why: string;
  /** Issue or pull request numbers of lf-edge/ekuiper: `#3458`. */
  readonly issues: readonly string[];
  readonly bad: string;
  readonly good: string;
}

/** A fix that repacks the package; the output decides whether and by which command that is possible. */
export interface Repair {
  /** A sentence that precedes the command; '' for none. */
  readonly first: string;
  /** What repacking changes: `it writes 0644`. */
  readonly does: string;
  /** Flags of `pack --from`, with a leading space; '' for none. */
  readonly flags: string;
}

/** A report of a rule about one place; the engine adds rule, severity and position. */
export interface Report {
  /** POSIX path inside the plugin. */
  readonly file: string;
  /** The range in that file; left out when the report concerns the whole file. */
  readonly at?: Span;
  readonly message: string;
  readonly effect: string;
  readonly hint: string | Repair;
  /** Only where it differs from the rule's own severity (another target, another file kind). */
  readonly severity?: Severity;
}

/** A lint rule; each has a small file of its own, listed in `rules/index.ts`. */
export interface Rule {
  /** kebab-case; names the problem, not the fix. */
  readonly id: string;
  readonly severity: Severity;
  readonly explanation: Explanation;
  check(subject: Subject): Iterable<Report> | Promise<Iterable<Report>>;
}
