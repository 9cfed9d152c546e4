import { type Examination, examine, type LintOptions } from '../lint/lint.ts';
import { untilAborted } from '../model/error.ts';
import type { ViewProblem } from '../model/view.ts';
import { type DirectoryView, viewOf } from './directory-view.ts';
import { type Identity, identityOf, packageFileName } from './identity.ts';
import { type Plan, planPackage } from './plan/plan.ts';

/** A planned and checked plugin: everything that is known before the package is written. */
export interface Prepared extends Examination {
  readonly view: DirectoryView;
  readonly plan: Plan;
  readonly identity: Identity;
  /** The default file name of the package. */
  readonly fileName: string;
}

interface PrepareOptions extends LintOptions {
  /** For display: the directory as the user gave it. */
  readonly label: string;
  /** Absolute paths that are not part of the project: the package that will be written. */
  readonly exclude?: readonly string[];
  /**
   * For a command that already handles signals: when it is aborted, the call rejects with the signal's reason; it
   * only reads.
   */
  readonly signal?: AbortSignal;
}

/** Plans and checks a project. Throws when the directory cannot be listed or `.kplugin.json` is invalid. */
export async function prepareProject(
  directory: string,
  { exclude = [], ...options }: PrepareOptions,
): Promise<Prepared> {
  const plan = await planPackage(directory, { exclude, signal: options.signal });
  return preparePlan(plan, options);
}

/** What prevents writing a package: findings of severity error, or content that a zip cannot hold; null for nothing. */
export function obstacleOf({
  findings,
  plan,
}: Pick<Prepared, 'findings' | 'plan'>): 'errors' | ViewProblem | null {
  if (findings.some(({ severity }) => severity === 'error')) return 'errors';
  return plan.problems.find(({ kind }) => kind !== 'case-conflict') ?? null;
}

/** Checks a plan from any source. */
export async function preparePlan(
  plan: Plan,
  { label, signal, ...options }: PrepareOptions,
): Promise<Prepared> {
  const view = viewOf(plan, label);
  const examining = examine(view, options);
  const examination = await (signal ? untilAborted(signal, examining) : examining);
  const identity = await identityOf(examination.subject);
  return { ...examination, view, plan, identity, fileName: packageFileName(identity) };
}
