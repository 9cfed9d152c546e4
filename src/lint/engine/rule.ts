import type { Severity } from '../../model/finding.ts';
import { fieldOf, type Span } from '../../model/json/node.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import type { ViewProblem } from '../../model/view.ts';
import type { Subject } from '../subject/subject.ts';

/** A lint rule; each has a small file of its own, listed in `rules/index.ts`. */
export interface Rule {
  /** kebab-case; names the problem, not the fix. */
  readonly id: string;
  readonly severity: Severity;
  readonly explanation: Explanation;
  check(subject: Subject): Iterable<Report> | Promise<Iterable<Report>>;
}

/** The text that `kplugin explain <rule>` prints. */
interface Explanation {
  /** What the rule checks, one or two sentences. */
  readonly means: string;
  /** What eKuiper does, and from which version on. */
  readonly why: string;
  /** Issue or pull request numbers of lf-edge/ekuiper: `#3458`. */
  readonly issues: readonly string[];
  readonly bad: string;
  readonly good: string;
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

/** A fix that repacks the package; the output decides whether and by which command that is possible. */
export interface Repair {
  /** A sentence that precedes the command; '' for none. */
  readonly first: string;
  /** What repacking changes: `it writes 0644`. */
  readonly does: string;
  /** Flags of `pack --from`, with a leading space; '' for none. */
  readonly flags: string;
}

/** Where the manifest declares a symbol: the manifest's path and the range of the name in its list. */
export function placeOfSymbol(subject: Subject, symbol: PluginSymbol): Pick<Report, 'file' | 'at'> {
  const file = subject.manifest?.path ?? '';
  const at = placesIn(subject).get(`${symbol.kind} ${symbol.name}`);
  return at ? { file, at } : { file };
}

/** By kind and name; the first of duplicates. A map, because a manifest may have 100,000 symbols. */
const places = new WeakMap<Subject, ReadonlyMap<string, Span>>();

function placesIn(subject: Subject): ReadonlyMap<string, Span> {
  const known = places.get(subject) ?? findPlaces(subject);
  places.set(subject, known);
  return known;
}

function findPlaces({ manifest }: Subject): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  for (const kind of SYMBOL_KINDS) {
    const list = manifest?.fixed.ok ? fieldOf(manifest.fixed.root, FOLDER_OF[kind]) : null;
    for (const item of list?.type === 'array' ? list.items : []) {
      const key = item.type === 'string' ? `${kind} ${item.value}` : '';
      if (key !== '' && !found.has(key)) found.set(key, { start: item.start, end: item.end });
    }
  }
  return found;
}

/** The problems of these kinds in the container (zip or directory). */
export function problemsOf(
  { view }: Subject,
  ...kinds: readonly ViewProblem['kind'][]
): readonly ViewProblem[] {
  return view.problems.filter(({ kind }) => kinds.includes(kind));
}

/** The file that a problem is reported for: its entry, or the whole package. */
export function fileOf({ view }: Subject, problem: ViewProblem): string {
  return problem.entry === null ? view.label : problem.entry;
}

/** Limit of reports per rule: a package repeats the same problem, and all have one fix. */
const MOST_REPORTS = 3;

/**
 * The first reports of a rule; the last of them counts the rest. For rules whose reports have a file each: findings are
 * sorted by file, so a count at another file would come before them.
 */
export function firstOf(reports: readonly Report[]): readonly Report[] {
  const shown = reports.slice(0, MOST_REPORTS + 1);
  const last = shown.at(-1);
  const more = reports.length - shown.length;
  if (last === undefined || more === 0) return reports;
  const message = `${last.message}; the same holds for ${more} more`;
  return [...shown.slice(0, -1), { ...last, message }];
}
