import { posix } from 'node:path';
import { EXIT, KpluginError } from '../model/error.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../package/ignore/pattern-lists.ts';
import type { Prepared } from '../package/prepare.ts';

/** The directory of a project's cases. */
export const CASE_FOLDER = 'tests';

/** Whether a path belongs to the cases, including the files that they use. */
export function isOfCases(path: string): boolean {
  return path.startsWith(`${CASE_FOLDER}/`);
}

/** Whether a path is a case file. */
export function isCaseFile(path: string): boolean {
  return isOfCases(path) && /^[^/]+\/[^/]+\.(json|ya?ml)$/.test(path);
}

const SYMBOL_FILE = /^(sources|sinks|functions)\/[^/]+\.(json|yaml|yml)$/;

/** Files for people only; any other text may be embedded into the program. */
const PROSE = /^(readme|licen[cs]e|changelog|contributing|notice)(\.(md|txt))?$/i;

/** Whether a build could depend on the path; cases, symbol files and prose are no input of a build. */
function isOfBuild(path: string): boolean {
  if (isOfCases(path)) return !/\.(json|ya?ml)$/.test(path);
  return !SYMBOL_FILE.test(path) && !PROSE.test(path);
}

/**
 * Whether the build wrote the path, so that it starts no cycle: the executable, a file next to it with its name (a
 * source map), and everything in a directory that contains only output (`dist/`).
 */
function isOutput(path: string, executable: string): boolean {
  if (path === executable || path.startsWith(`${executable}.`)) return true;
  const folder = posix.dirname(executable);
  return folder !== '.' && path.startsWith(`${folder}/`) && !path.endsWith('.go');
}

/** Decides which steps a changed path affects, from the last plan and build. */
export class Relevance {
  #packed: ReadonlySet<string> = new Set();
  #executable = '';
  #isBuilt = false;

  planned({ plan, identity }: Prepared): void {
    this.#packed = new Set(plan.entries.map(({ path }) => path));
    this.#executable = identity.executable;
  }

  /** `isBuilt`: the project has a build, which makes the executable. */
  built(isBuilt: boolean): void {
    this.#isBuilt = isBuilt;
  }

  /** Whether the package or the cases could change with the path. */
  matters(path: string): boolean {
    if (this.#isBuilt) return !isOutput(path, this.#executable);
    if (path === CONFIG_FILE || path === IGNORE_FILE || isOfCases(path)) return true;
    // Also asked before the first build, when it is not known yet whether there is one.
    return this.#packed.size === 0 || this.#packed.has(path);
  }

  /** Whether a build could have another result. */
  asksForBuild(path: string): boolean {
    return isOfBuild(path) && !(this.#isBuilt && isOutput(path, this.#executable));
  }
}

/** Why a plugin cannot be packed, or null. */
export function packProblem({ findings, plan, identity }: Prepared): KpluginError | null {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [problem] = plan.problems.filter(({ kind }) => kind !== 'case-conflict');
  if (errors.length > 0 || identity.name === null) {
    return new KpluginError({
      code: 'findings',
      exit: EXIT.findings,
      message: errors.length === 1 ? '1 error' : `${errors.length} errors`,
      hint: 'correct them; kplugin explain <rule> says what each means',
      findings: errors,
    });
  }
  if (!problem) return null;
  return new KpluginError({
    code: 'cannot-pack',
    exit: EXIT.findings,
    message: `${problem.entry ?? 'the plugin'} cannot be packed: ${problem.detail}`,
    hint: 'correct it, or leave it out with a line in .kpluginignore',
  });
}

const PROGRAM_RULE = /^(executable-|not-executable$|program-)/;

/** As {@link packProblem}, before the build has made the program: ignores that it is missing. */
export function problemBeforeBuild(prepared: Prepared): KpluginError | null {
  const { executable } = prepared.identity;
  const findings = prepared.findings.filter(
    ({ rule, file }) => !PROGRAM_RULE.test(rule) && (executable === '' || file !== executable),
  );
  return packProblem({ ...prepared, findings });
}
