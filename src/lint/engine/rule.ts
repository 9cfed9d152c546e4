import type { Severity } from '../../model/finding.ts';
import type { Span } from '../../model/json/node.ts';
import type { Subject } from '../subject/subject.ts';

/** What `kplugin explain <rule>` prints. */
export interface Explanation {
  /** What the rule looks at, one or two sentences. */
  readonly means: string;
  /** What eKuiper does, from which version on. */
  readonly why: string;
  /** Issue or pull request numbers of lf-edge/ekuiper: `#3458`. */
  readonly issues: readonly string[];
  readonly bad: string;
  readonly good: string;
}

/** A hint that the package be written anew; whether and how that can be done is decided where it is told. */
export interface Repair {
  /** A sentence that stands before it; '' for none. */
  readonly first: string;
  /** What writing it anew changes: `it writes 0644`. */
  readonly does: string;
  /** Flags of `pack --from`, with a space in front; '' for none. */
  readonly flags: string;
}

/** What a rule has to say about one place; the engine adds rule, severity and position. */
export interface Report {
  /** POSIX path inside the plugin. */
  readonly file: string;
  /** Where in that file; left out when it concerns the whole file. */
  readonly at?: Span;
  readonly message: string;
  readonly effect: string;
  readonly hint: string | Repair;
  /** Only where it differs from the rule's own severity (another target, another file kind). */
  readonly severity?: Severity;
}

/** One small file each, listed in `rules/index.ts`. */
export interface Rule {
  /** kebab-case: what is wrong, not what to do. */
  readonly id: string;
  readonly severity: Severity;
  readonly explanation: Explanation;
  check(subject: Subject): Iterable<Report> | Promise<Iterable<Report>>;
}
