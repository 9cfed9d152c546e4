import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { hasOtherBytes } from '../../model/byte-text.ts';
import { refuseMachineLimit } from '../../model/machine-limit.ts';
import { isSourceLogin } from '../../model/secrets/forms/logins.ts';
import type { ViewProblem } from '../../model/view.ts';
import { type LinkEnd, Links, MOST_LINKS } from '../files/links.ts';
import { type Listed, listDirectory } from '../files/list-directory.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import {
  LINE_IN_PROJECT,
  NESTED_PACKAGE,
  secretVerdict,
  TEST_REPORT,
  type Verdict,
} from '../ignore/verdict.ts';
import { MAX_ENTRIES } from '../zip/limits.ts';
import { FoundFile, SearchBudgets } from './file-facts.ts';
import { foreignProblems, isForeign } from './foreign-names.ts';
import { insidePath, nameProblem, type PlannedFile } from './planned-entries.ts';

export interface Walk {
  files: PlannedFile[];
  /** The compressed files, whose content was not searched for secrets. */
  readonly compressed: PlannedFile[];
  /** Paths of files in which a limit ended the search for secrets. */
  readonly inPart: Set<string>;
  /** By path; a later verdict (on the content) replaces an earlier one. */
  readonly decisions: Map<string, Verdict>;
  readonly problems: ViewProblem[];
}

/** The project to walk, and the rules. */
interface Walked {
  /** Absolute path, links resolved. */
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Absolute paths that are not part of the project, such as the package being written. */
  readonly exclude: readonly string[];
  /** Ends the walk with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lists the files of a project's package. Ignored directories are not listed; links are followed inside the project
 * and reported otherwise. Throws only when the root itself cannot be listed or the signal ends it. Files are read synchronously, which is faster
 * for small ones, with pauses in which a signal ends a command.
 */
export async function walk(walked: Walked): Promise<Walk> {
  const result: Walk = {
    files: [],
    compressed: [],
    inPart: new Set(),
    decisions: new Map(),
    problems: [],
  };
  const state = {
    walked,
    result,
    links: new Links(),
    foreign: [],
    linked: new Map(),
    budgets: new SearchBudgets(),
    visits: 0,
    entries: 0,
  };
  await walkDirectory(state, '', walked.root, [walked.root]);
  result.problems.push(...foreignProblems(state.foreign));
  if (state.visits > MAX_ENTRIES) {
    const detail =
      'links lead to the same folders again and again: to more files than kplugin follows';
    result.problems.push({ kind: 'too-many-entries', entry: null, detail });
  }
  return result;
}

/** In characters. */
const USUAL_PATH = 200;

/** So many files and directories are read between two pauses. */
const PAUSE_AFTER = 100;

interface Walking {
  readonly walked: Walked;
  readonly result: Walk;
  readonly links: Links;
  /** Files and directories whose names are not UTF-8; they are not opened. */
  readonly foreign: string[];
  /** Targets of links by their real path: tens of thousands of links may lead to one file, which is read once. */
  readonly linked: Map<string, FoundFile>;
  readonly budgets: SearchBudgets;
  /**
   * Visited files and directories below links; long paths count more than once. A limit, because 30 directories with
   * two links each to the next have a billion paths.
   */
  visits: number;
  /** Files and directories so far, for the pauses. */
  entries: number;
}

/**
 * `path` is '' or ends with a slash. `chain`: the real path of this directory, before it that of the directory with
 * the link to it, and so on up to one below the root.
 */
async function walkDirectory(
  state: Walking,
  path: string,
  real: string,
  chain: readonly string[],
): Promise<void> {
  const inside = insidePath(state.walked.root, real);
  const realPath = inside ? `${inside}/` : '';
  for (const { name, item } of listDirectory(real)) {
    if (chain.length > 1) state.visits += Math.ceil(path.length / USUAL_PATH);
    if (chain.length > 1 && state.visits > MAX_ENTRIES) return;
    const source = join(real, name);
    if (state.walked.exclude.includes(source)) continue;
    const at = { path: `${path}${name}`, realPath: `${realPath}${name}` };
    state.entries += 1;
    if (state.entries % PAUSE_AFTER === 0) await setImmediate();
    state.walked.signal?.throwIfAborted();
    await visit(state, { item, ...at, source, chain });
  }
}

interface Visited {
  readonly item: Listed['item'];
  readonly path: string;
  /** Its real path in the project; differs from `path` below a link to a directory. */
  readonly realPath: string;
  readonly source: string;
  readonly chain: readonly string[];
}

async function visit(state: Walking, visited: Visited): Promise<void> {
  const { item, path, realPath, source, chain } = visited;
  if (item.isSymbolicLink()) await visitLink(state, visited);
  else if (item.isDirectory()) {
    if (!accept(state, `${path}/`, `${realPath}/`)) return;
    await descend(state, path, source, [...chain.slice(0, -1), source]);
  } else if (accept(state, path, realPath)) {
    if (item.isFile()) await takeFile(state, path, source, chain.length > 1);
    else problem(state, 'unreadable', path, 'is a socket, pipe or device, not a file');
  }
}

async function visitLink(
  state: Walking,
  { path, realPath, source, chain }: Visited,
): Promise<void> {
  const end = state.links.follow(source);
  const slash = end?.kind === 'directory' ? '/' : '';
  if (!accept(state, path + slash, realPath + slash)) return;
  if (end) await follow(state, { path, ...end, chain });
  else problem(state, 'unreadable', path, 'is a link to something that is not there');
}

interface Link extends LinkEnd {
  readonly path: string;
  readonly chain: readonly string[];
}

async function follow(state: Walking, { path, real, kind, chain }: Link): Promise<void> {
  const isDirectory = kind === 'directory';
  const inside = insidePath(state.walked.root, real);
  const below = real + sep;
  if (inside === null) {
    problem(state, 'symlink-outside', path, `is a link to ${real}, outside the project`);
  } else if (chain.some((above) => above === real || above.startsWith(below))) {
    problem(state, 'unreadable', path, 'is a link to a folder that it lies in');
  } else if (chain.length > MOST_LINKS) {
    const detail = `is reached over ${MOST_LINKS} links, and no system follows more`;
    problem(state, 'unreadable', path, detail);
  } else {
    const strict = state.walked.rules.strict(isDirectory ? `${inside}/` : inside);
    if (strict) decide(state, path, strict);
    else if (hasOtherBytes(inside)) {
      problem(state, 'unreadable', path, `is a link to ${inside}, a name that is not UTF-8`);
    } else if (isDirectory) await descend(state, path, real, [...chain, real]);
    else if (kind === 'file') await takeFile(state, path, real, true);
    else problem(state, 'unreadable', path, 'is a link to a socket, pipe or device');
  }
}

function descend(
  state: Walking,
  path: string,
  real: string,
  chain: readonly string[],
): Promise<void> {
  return guarded(state, path, () => walkDirectory(state, `${path}/`, real, chain));
}

/** Below a link, the rules for the real path apply as well, so that a secret stays excluded. */
function accept(state: Walking, path: string, realPath: string): boolean {
  const { rules } = state.walked;
  const verdict = (realPath === path ? null : rules.strict(realPath)) ?? rules.verdict(path);
  if (!verdict.packed || !path.endsWith('/')) decide(state, path, verdict);
  return verdict.packed && isUsable(state, path.replace(/\/$/, ''));
}

/** Reports a bad name; false for one that is not UTF-8. */
function isUsable(state: Walking, path: string): boolean {
  if (isForeign(path)) {
    state.foreign.push(path);
    return false;
  }
  const found = nameProblem(path.slice(path.lastIndexOf('/') + 1));
  if (found) problem(state, found.kind, path, found.detail);
  return true;
}

function takeFile(state: Walking, path: string, source: string, isLinked: boolean): Promise<void> {
  return guarded(state, path, () => {
    const found = isLinked ? linkedFile(state, source) : new FoundFile(source, state.budgets);
    const { size, executable, secret, isCompressed, isTestReport, isInPart } = found.looked;
    const named = state.walked.rules.named(path);
    const isHeld = secret !== null && !isSourceLogin(path, secret);
    const verdict = isHeld ? secretVerdict(secret, named, LINE_IN_PROJECT) : null;
    if (verdict) decide(state, path, verdict);
    if (verdict?.packed === false) return;
    const other =
      !named && found.isPackage() ? NESTED_PACKAGE : isTestReport && !named ? TEST_REPORT : null;
    if (other) {
      decide(state, path, other);
      return;
    }
    const file = { path, size, executable, content: found.content };
    state.result.files.push(file);
    if (isCompressed) state.result.compressed.push(file);
    if (isInPart) state.result.inPart.add(path);
  });
}

function linkedFile({ linked, budgets }: Walking, source: string): FoundFile {
  const found = linked.get(source) ?? new FoundFile(source, budgets);
  linked.set(source, found);
  return found;
}

/** Runs `work`; a file that cannot be opened becomes a problem of the plugin and does not end the walk. */
async function guarded(
  state: Walking,
  path: string,
  work: () => void | Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    state.walked.signal?.throwIfAborted();
    refuseMachineLimit(thrown);
    problem(state, 'unreadable', path, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function decide(state: Walking, path: string, verdict: Verdict): void {
  state.result.decisions.set(path, verdict);
}

function problem(state: Walking, kind: ViewProblem['kind'], entry: string, detail: string): void {
  state.result.problems.push({ kind, entry, detail });
}
