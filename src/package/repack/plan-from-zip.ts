import ignore from 'ignore';
import { decodeUtf8 } from '../../model/json/bytes.ts';
import type { Entry, PluginView, ViewProblem } from '../../model/view.ts';
import { viewOf } from '../directory-view.ts';
import { JUNK } from '../ignore/defaults.ts';
import type { IgnoreRules } from '../ignore/ignore-rules.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../ignore/project-lists.ts';
import { keyVerdict, strictVerdict } from '../ignore/strict.ts';
import { TAKEN, type Verdict } from '../ignore/verdict.ts';
import { assemble, type PlannedFile } from '../plan/assemble.ts';
import { caseConflicts } from '../plan/case-conflicts.ts';
import { readStart } from '../plan/content.ts';
import { type Declared, declaredFiles } from '../plan/declared.ts';
import { headBytes, looksExecutable } from '../plan/file-head.ts';
import { type Plan, sortedDecisions } from '../plan/plan.ts';
import { nameProblem } from '../plan/portable-name.ts';
import { projectRules } from '../plan/project-rules.ts';
import type { ZipView } from '../zip-view.ts';
import { filesOf, type ZipFileEntry } from './contents.ts';
import { wrappingOf } from './unwrap.ts';

/** A plan that holds what a wrong zip meant to hold. */
export interface ZipPlan extends Plan {
  /** The folders that were peeled off, with a slash at the end; '' when the manifest was at the root already. */
  readonly wrapping: string;
}

/** What is mended by writing it anew; everything else that is wrong with a zip stays a problem. */
const MENDED: readonly ViewProblem['kind'][] = ['backslash-name', 'case-conflict'];

const junk = ignore().add([...JUNK]);

/**
 * Plans a package from a zip that eKuiper would refuse or misread: without the folder around it, without `./` and
 * backslashes, links replaced by what they lead to, parents first, with the modes that eKuiper needs, and without
 * what the project's own lists (if they are in the zip) and the defaults leave out. Whatever cannot be mended is
 * in `problems`. Throws when a `.kplugin.json` in the zip is unusable.
 */
export async function planFromZip(zip: ZipView): Promise<ZipPlan> {
  const decisions = new Map<string, Verdict>();
  const wanted = zip.entries.filter((entry) => wants(entry, decisions));
  const { files, problems } = await filesOf(zip, wanted);
  const wrapping = wrappingOf(files.map((file) => file.path));
  const all = await plannedFiles(files, wrapping, decisions);
  const view = viewOf(planOf(assemble(all, null), [], decisions), zip.label);
  const declared = await declaredFiles(view);
  const rules = await rulesOf(view, declared);
  const kept = all.filter(({ path }) => keeps(rules, path, wrapping, decisions));
  const entries = assemble(kept, declared.executable);
  const found = [
    ...remaining(zip, wanted),
    ...problems,
    ...entries.flatMap(badNames),
    ...caseConflicts(entries),
  ];
  return { ...planOf(entries, found, decisions), wrapping };
}

async function rulesOf(view: PluginView, declared: Declared): Promise<IgnoreRules> {
  const text = async (path: string): Promise<string | null> => {
    const bytes = await view.read(path).catch(() => null);
    return bytes && decodeUtf8(bytes);
  };
  return projectRules({
    declared,
    hasGoModule: view.entries.some(({ path }) => path === 'go.mod'),
    ignoreText: await text(IGNORE_FILE),
    configText: await text(CONFIG_FILE),
  });
}

function keeps(
  rules: IgnoreRules,
  path: string,
  wrapping: string,
  decisions: Map<string, Verdict>,
): boolean {
  const verdict = rules.verdict(path);
  decisions.set(`${wrapping}${path}`, verdict);
  return verdict.packed;
}

function planOf(
  entries: Plan['entries'],
  problems: ViewProblem[],
  decisions: Map<string, Verdict>,
): Plan {
  return { root: null, entries, problems, decisions: sortedDecisions(decisions) };
}

function wants({ path, kind }: Entry, decisions: Map<string, Verdict>): boolean {
  const strict = strictVerdict(kind === 'directory' ? `${path}/` : path);
  const verdict = strict ?? junkVerdict(path) ?? TAKEN;
  if (kind !== 'directory') decisions.set(path, verdict);
  return verdict.packed;
}

function junkVerdict(path: string): Verdict | null {
  const { rule } = junk.test(path);
  return rule ? { packed: false, list: 'defaults', line: null, rule: rule.pattern } : null;
}

async function plannedFiles(
  files: readonly ZipFileEntry[],
  wrapping: string,
  decisions: Map<string, Verdict>,
): Promise<PlannedFile[]> {
  const planned: PlannedFile[] = [];
  for (const { path, size, content } of files) {
    const limit = headBytes(path);
    // A damaged file is reported by whoever writes or digests it; here only its first bytes are asked for.
    const head = await readStart(content, size, limit).catch(() => new Uint8Array());
    const key = keyVerdict(head.subarray(0, limit));
    if (key) decisions.set(path, key);
    else {
      const executable = looksExecutable(head);
      planned.push({ path: path.slice(wrapping.length), size, executable, content });
    }
  }
  return planned;
}

/** The zip's own problems that are still there without the entries that were dropped. */
function remaining(zip: ZipView, wanted: readonly Entry[]): ViewProblem[] {
  const kept = new Set(wanted.map((entry) => entry.rawName));
  const known = new Set(zip.entries.map((entry) => entry.rawName));
  return zip.problems.filter(({ kind, entry }) => {
    if (MENDED.includes(kind)) return false;
    return entry === null || kept.has(entry) || !known.has(entry);
  });
}

function badNames({ path }: Entry): ViewProblem[] {
  const found = nameProblem(path.slice(path.lastIndexOf('/') + 1));
  return found ? [{ kind: found.kind, entry: path, detail: found.detail }] : [];
}
