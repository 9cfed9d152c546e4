import { type Examination, examine } from '../lint/lint.ts';
import { untilAborted } from '../model/abort.ts';
import type { Target } from '../model/target.ts';
import type { ViewProblem } from '../model/view.ts';
import { type DirectoryView, viewOf } from './directory-view.ts';
import { type Identity, identityOf, packageFileName } from './identity.ts';
import { type Plan, planPackage } from './plan/plan.ts';

/** A plugin that is planned, known and checked: all that is asked before a byte is written. */
export interface Prepared extends Examination {
  readonly view: DirectoryView;
  readonly plan: Plan;
  readonly identity: Identity;
  /** What the package is called when nobody says otherwise. */
  readonly fileName: string;
}

export interface PrepareOptions {
  readonly target: Target;
  /** For people: the directory as they gave it. */
  readonly label: string;
  /** Absolute paths that are no part of the project: the package that is going to be written. */
  readonly exclude?: readonly string[];
  /** For a command that listens to signals already: aborted, it rejects with the signal's reason, as it only reads. */
  readonly signal?: AbortSignal;
}

/** Plans and checks a project. Throws when the directory cannot be listed or `.kplugin.json` is unusable. */
export async function prepareProject(
  directory: string,
  { exclude = [], ...options }: PrepareOptions,
): Promise<Prepared> {
  const planning = planPackage(directory, { exclude });
  const plan = await (options.signal ? untilAborted(options.signal, planning) : planning);
  return preparePlan(plan, options);
}

/** What forbids to write a package: findings of severity error, or what cannot be put into a zip; null for nothing. */
export function obstacleOf({
  findings,
  plan,
}: Pick<Prepared, 'findings' | 'plan'>): 'errors' | ViewProblem | null {
  if (findings.some(({ severity }) => severity === 'error')) return 'errors';
  return plan.problems.find(({ kind }) => kind !== 'case-conflict') ?? null;
}

/** Checks a plan, whatever it was made from. */
export async function preparePlan(
  plan: Plan,
  { target, label, signal }: PrepareOptions,
): Promise<Prepared> {
  const view = viewOf(plan, label);
  const examining = examine(view, { target });
  const examination = await (signal ? untilAborted(signal, examining) : examining);
  const identity = await identityOf(examination.subject);
  return { ...examination, view, plan, identity, fileName: packageFileName(identity) };
}
