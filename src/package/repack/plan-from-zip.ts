import ignore from 'ignore';
import { compareText } from '../../model/finding.ts';
import { decodeUtf8 } from '../../model/json/bytes.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import type { UnpackBudget, Unsearched } from '../../model/secrets/compressed.ts';
import { isSourceLogin } from '../../model/secrets/forms/logins.ts';
import type { SearchBudget, SecretContent } from '../../model/secrets/secret-content.ts';
import {
  type KnownSearch,
  knownSearch,
  searchBytes,
  searchStream,
} from '../../model/secrets/secret-search.ts';
import type { Entry, PluginView, ViewProblem } from '../../model/view.ts';
import { viewOf } from '../directory-view.ts';
import { type Content, memoryContent, readStart } from '../files/content.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import { CONFIG_FILE, IGNORE_FILE, JUNK } from '../ignore/pattern-lists.ts';
import {
  LINE_IN_ZIP,
  secretVerdict,
  strictRule,
  TAKEN,
  TEST_REPORT,
  type Verdict,
} from '../ignore/verdict.ts';
import { type SearchedInPart, searchCompressed, unpackBudget } from '../plan/compressed-files.ts';
import { type Declared, declaredFiles } from '../plan/declared.ts';
import { isTestReport, looksExecutable, SearchBudgets } from '../plan/file-facts.ts';
import { type Plan, projectRules, sortedDecisions } from '../plan/plan.ts';
import { assemble, caseConflicts, nameProblem, type PlannedFile } from '../plan/planned-entries.ts';
import { blockingProblem } from '../view-contents.ts';
import { planProblems } from '../zip/limits.ts';
import type { ZipView } from '../zip-view.ts';
import { filesOf, type ZipFileEntry } from './contents.ts';

/** Directories of a plugin that are never a wrapping directory. */
const OWN = new Set(['sources', 'sinks', 'functions']);

/** A plan with the content that an incorrect zip was meant to have. */
export interface ZipPlan extends Plan {
  /** The removed top-level directories, with a slash at the end; '' when the manifest was in the root already. */
  readonly wrapping: string;
}

/** Problems that writing a new zip fixes; all others remain problems. */
const FIXED: readonly ViewProblem['kind'][] = ['backslash-name', 'case-conflict', 'untidy'];

const junk = ignore().add([...JUNK]);

/**
 * Plans a package from a zip that eKuiper would reject or misread: without the wrapping directory, without `./` and
 * backslashes, links replaced by their targets, parents first, with the modes that eKuiper needs, and without what
 * the defaults and the project's own lists (if the zip has them) exclude. What cannot be fixed is in `problems`.
 * Throws when a `.kplugin.json` in the zip is invalid.
 */
export async function planFromZip(zip: ZipView): Promise<ZipPlan> {
  const decisions = new Map<string, Verdict>();
  if (blockingProblem(zip) !== null)
    return { ...planOf([], [...zip.problems], decisions), wrapping: '' };
  const wanted = zip.entries.filter((entry) => wants(zip, entry, decisions));
  const { files, problems } = await filesOf(zip, wanted);
  const wrapping = wrappingOf(unsecret(files));
  const all = files.map((file) => unread(file, wrapping));
  const origin = { entries: zip.entries, kept: [], wrapping };
  const first = { ...planOf(assemble(all, null), [], decisions), from: origin };
  const view = viewOf(first, zip.label);
  const declared = await declaredFiles(view);
  const rules = await rulesOf(view, declared);
  const inPart: SearchedInPart[] = [];
  const kept = await keptFiles(files, { rules, wrapping, decisions, inPart });
  // Damaged entries become problems of the plan instead of errors while writing. Only entries that were not read
  // whole are read for this.
  await zip.verify();
  const entries = assemble(kept, declared.executable);
  const found = [
    ...remaining(zip, decisions),
    ...problems.filter(({ entry }) => !entry || !rules.strict(insideOf(entry, wrapping))),
    ...entries.flatMap(badNames),
    ...caseConflicts(entries),
    ...planProblems(entries),
  ];
  const searchedInPart = inPart.sort((a, b) => compareText(a.path, b.path));
  const from = { ...origin, kept: keptOf(zip, decisions) };
  return { ...planOf(entries, found, decisions), searchedInPart, wrapping, from };
}

function* unsecret(files: readonly ZipFileEntry[]): Generator<string> {
  for (const { path } of files) if (strictRule(path) === null) yield path;
}

async function rulesOf(view: PluginView, declared: Declared): Promise<IgnoreRules> {
  const text = async (path: string): Promise<string | null> => {
    const bytes = await view.read(path).catch(nullUnlessLimit);
    return bytes && decodeUtf8(bytes);
  };
  return projectRules({
    declared,
    hasGoModule: view.entries.some(({ path }) => path === 'go.mod'),
    environments: view.entries.flatMap(
      ({ path }) => /^([^/]+)\/pyvenv\.cfg$/.exec(path)?.slice(1) ?? [],
    ),
    ignoreText: await text(IGNORE_FILE),
    configText: await text(CONFIG_FILE),
  });
}

function planOf(
  entries: Plan['entries'],
  problems: ViewProblem[],
  decisions: Map<string, Verdict>,
): Plan {
  return {
    root: null,
    entries,
    problems,
    decisions: sortedDecisions(decisions),
    searchedInPart: [],
  };
}

function wants(
  { meant }: ZipView,
  { path, kind }: Entry,
  decisions: Map<string, Verdict>,
): boolean {
  const verdict = junkVerdict(path) ?? TAKEN;
  if (kind !== 'directory') decisions.set(meant.get(path) ?? path, verdict);
  return verdict.packed;
}

function junkVerdict(path: string): Verdict | null {
  const { rule } = junk.test(path);
  return rule ? { packed: false, list: 'defaults', line: null, rule: rule.pattern } : null;
}

/** A file of the plan whose content was not read yet. */
function unread({ path, size, content }: ZipFileEntry, wrapping: string): PlannedFile {
  return { path: insideOf(path, wrapping), size, executable: false, content };
}

/** Entries outside of the wrapping directory keep their path; of them only the strict set excludes any. */
function insideOf(path: string, wrapping: string): string {
  return path.startsWith(wrapping) ? path.slice(wrapping.length) : path;
}

interface Judging {
  readonly rules: IgnoreRules;
  readonly wrapping: string;
  readonly decisions: Map<string, Verdict>;
  readonly inPart: SearchedInPart[];
}

async function keptFiles(
  files: readonly ZipFileEntry[],
  { rules, wrapping, decisions, inPart }: Judging,
): Promise<PlannedFile[]> {
  const kept: PlannedFile[] = [];
  const budgets = { search: new SearchBudgets(), unpack: unpackBudget() };
  for (const file of files) {
    const { path, size, content } = unread(file, wrapping);
    const source = file.linkedTo === null ? null : insideOf(file.linkedTo, wrapping);
    const verdict = (source === null ? null : rules.strict(source)) ?? rules.verdict(path);
    decisions.set(file.path, verdict);
    if (!verdict.packed) continue;
    // A damaged file is reported when it is written or digested; only its first bytes are read here.
    const { head, secret, unsearched } = await lookAt(file, budgets).catch(() => NOTHING_SEEN);
    const named = rules.named(path);
    const held =
      secret && !isSourceLogin(path, secret)
        ? secretVerdict(secret, named, LINE_IN_ZIP)
        : isTestReport(head) && !named
          ? TEST_REPORT
          : null;
    if (held) decisions.set(file.path, held);
    if (held?.packed !== false) {
      kept.push({ path, size, executable: looksExecutable(head), content });
      if (unsearched !== null) inPart.push({ path, why: unsearched });
    }
  }
  return kept;
}

interface Seen {
  readonly head: Uint8Array;
  readonly secret: SecretContent | null;
  readonly unsearched: Unsearched | null;
}

const NOTHING_SEEN: Seen = { head: new Uint8Array(), secret: null, unsearched: null };

/** Larger content is searched in pieces. */
const AT_ONCE = 1024 ** 2;

interface Budgets {
  readonly search: SearchBudgets;
  readonly unpack: UnpackBudget;
}

async function lookAt(
  { content, size, entry }: ZipFileEntry,
  { search, unpack }: Budgets,
): Promise<Seen> {
  const { budget, bytes } = search.share(size);
  const searched =
    knownSearch(entry, budget) ??
    (size <= AT_ONCE
      ? searchHeld(await content.bytes(), budget)
      : await searchPieces(content, bytes, budget, size));
  const { head, found: secret, isCompressed } = searched;
  const unsearched = searched.isEnded || bytes < size ? 'limit' : null;
  if (secret?.isPrivateKey) return { head, secret, unsearched: null };
  if (!isCompressed) return { head, secret, unsearched };
  const held = head.length === size ? memoryContent(head) : content;
  const inside = await searchCompressed(held, size, unpack);
  return { head, secret: inside.found ?? secret, unsearched: unsearched ?? inside.unsearched };
}

function searchHeld(head: Uint8Array, budget: SearchBudget): KnownSearch {
  const { found, isCompressed, isEnded } = searchBytes(head, budget);
  return { head, found, isCompressed, isEnded };
}

async function searchPieces(
  content: Content,
  bytes: number,
  budget: SearchBudget,
  size: number,
): Promise<KnownSearch> {
  const head = await readStart(content, size, AT_ONCE);
  const { found, isCompressed, isEnded } = await searchStream(
    first(await content.stream(), bytes),
    budget,
  );
  return { head, found, isCompressed, isEnded };
}

/** Yields the pieces of a stream up to a number of bytes, then closes it. */
async function* first(stream: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of stream) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}

/** The zip's own problems that remain without the excluded entries. */
function remaining(zip: ZipView, decisions: ReadonlyMap<string, Verdict>): ViewProblem[] {
  const kept = new Set(keptOf(zip, decisions));
  const dropped = new Set(zip.entries.flatMap((entry) => (kept.has(entry) ? [] : [entry.rawName])));
  const meant = new Set(
    zip.entries.flatMap(({ path, rawName }) => (zip.meant.has(path) ? [rawName] : [])),
  );
  return zip.problems.filter((problem) => {
    const { kind, entry } = problem;
    const stays =
      kind === 'foreign-name' ? entry === null || !meant.has(entry) : !FIXED.includes(kind);
    return stays && (entry === null || !dropped.has(entry));
  });
}

function keptOf({ entries, meant }: ZipView, decisions: ReadonlyMap<string, Verdict>): Entry[] {
  return entries.filter(({ path }) => decisions.get(meant.get(path) ?? path)?.packed !== false);
}

function badNames({ path }: Entry): ViewProblem[] {
  const found = nameProblem(path.slice(path.lastIndexOf('/') + 1));
  return found ? [{ kind: found.kind, entry: path, detail: found.detail }] : [];
}

/**
 * The directories that wrap a plugin in an incorrect zip (`pysam/` of `pysam/pysam.json`), '' for none. Removes a
 * level as long as all entries are in one directory and no JSON file is next to it.
 */
export function wrappingOf(paths: Iterable<string>): string {
  const shared = sharedStart(paths);
  let prefix = '';
  for (let slash = shared.indexOf('/'); slash >= 0; slash = shared.indexOf('/', slash + 1)) {
    if (OWN.has(shared.slice(prefix.length, slash))) break;
    prefix = shared.slice(0, slash + 1);
  }
  return prefix;
}

/** The longest common prefix of the texts, or '' as soon as it cannot contain a slash. */
function sharedStart(texts: Iterable<string>): string {
  let shared: string | null = null;
  for (const text of texts) {
    shared ??= text;
    let length = 0;
    while (length < shared.length && text[length] === shared[length]) length += 1;
    shared = shared.slice(0, length);
    if (!shared.includes('/')) return '';
  }
  return shared ?? '';
}
