import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ignorePattern } from '../model/clean-path.ts';
import { nullUnlessLimit } from '../model/machine-limit.ts';
import type { LeftOut, PluginView } from '../model/view.ts';
import { fileContent, readStart } from './files/content.ts';
import { CONFIG_FILE, IGNORE_FILE } from './ignore/pattern-lists.ts';
import type { Verdict } from './ignore/verdict.ts';
import { type Plan, type PlanOptions, planPackage } from './plan/plan.ts';
import { insidePath } from './plan/planned-entries.ts';

const DEFAULT_LIMIT = 8 * 1024 ** 2;

/** The view of a project, with its plan. */
export interface DirectoryView extends PluginView {
  readonly form: 'directory';
  readonly plan: Plan;
}

/**
 * Opens a project read-only, with exactly the entries that `pack` would write. Throws when the directory cannot be
 * listed or its `.kplugin.json` is invalid.
 */
export async function openDirectoryView(
  directory: string,
  options: PlanOptions = {},
): Promise<DirectoryView> {
  return viewOf(await planPackage(directory, options), directory);
}

/** Creates the view of an existing plan. */
export function viewOf(plan: Plan, label: string): DirectoryView {
  const files = new Map(plan.entries.map((entry) => [entry.path, entry]));
  return {
    form: 'directory',
    label,
    plan,
    entries: plan.entries,
    problems: plan.problems,
    ...(plan.from ? { from: plan.from } : {}),
    leftOut: leftOutOf(plan),
    guesses: guessesOf(plan),
    async read(path, limit = DEFAULT_LIMIT) {
      const entry = files.get(path);
      if (!entry?.content) return null;
      // The plan reports a file that cannot be read as a problem, with the reason.
      return readStart(entry.content, entry.size, limit).catch(nullUnlessLimit);
    },
    readProject: (path, limit = DEFAULT_LIMIT) => readProject(plan, path, limit),
    close: () => Promise.resolve(),
  };
}

/** Null when the project has no such file, or when the plan is not from a project. */
async function readProject(plan: Plan, path: string, limit: number): Promise<Uint8Array | null> {
  if (plan.root === null) return null;
  const file = join(plan.root, path);
  if (insidePath(plan.root, file) === null) return null;
  const stats = await stat(file).catch(() => null);
  return stats?.isFile() ? readStart(fileContent(file), stats.size, limit) : null;
}

/** The files that a plan excludes, by path, each with the rule and how to include it. */
function leftOutOf({ decisions }: Pick<Plan, 'decisions'>): ReadonlyMap<string, LeftOut> {
  return new Map(
    decisions.flatMap(({ path, verdict }) =>
      verdict.packed ? [] : [[path, leftOutBy(path, verdict)]],
    ),
  );
}

/** For a zip the decisions use its own paths, including the top-level folder. */
function guessesOf({ decisions, from }: Plan): ReadonlyMap<string, string> {
  const wrapping = from?.wrapping ?? '';
  return new Map(
    decisions.flatMap(({ path, verdict: { guess } }): [string, string][] =>
      guess === undefined
        ? []
        : [[path.startsWith(wrapping) ? path.slice(wrapping.length) : path, guess]],
    ),
  );
}

function leftOutBy(path: string, verdict: Verdict): LeftOut {
  const isSecret = verdict.holds !== undefined;
  return { rule: ruleText(verdict), fix: fixFor(path, verdict), isSecret };
}

function ruleText({ list, line, rule, holds }: Verdict): string {
  if (holds !== undefined) return `it ${isPkcs12(rule) ? 'is' : 'holds'} ${rule}`;
  if (list === 'files') return `"files" of ${CONFIG_FILE}`;
  return list === IGNORE_FILE ? `${list}:${line} "${rule}"` : `"${rule}"`;
}

/** No line can include one: kplugin cannot verify that it contains no private key. */
function isPkcs12(rule: string): boolean {
  return rule === 'a PKCS#12 key store' || rule === '*.p12' || rule === '*.pfx';
}

function fixFor(path: string, { list, line, rule, reason, holds }: Verdict): string {
  if (list === 'strict' && isPkcs12(rule))
    return 'Put the file on the box itself, and let the program read it from there; for certificates alone, use PEM';
  if (holds === 'private key')
    return 'Put the key on the box itself, and let the program read it from there';
  const pattern = ignorePattern(path);
  const inFiles = JSON.stringify(pattern);
  if (list === 'files') return `Add ${inFiles} to "files" in ${CONFIG_FILE}`;
  if (list === IGNORE_FILE)
    return `Remove line ${line} of ${IGNORE_FILE}, or write !${pattern} below it`;
  const byName = `Write the line !${pattern} into ${IGNORE_FILE}`;
  return reason === undefined ? byName : `${byName} (or ${inFiles} into "files" of ${CONFIG_FILE})`;
}
