import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import type { PluginView } from '../model/view.ts';
import { runRules } from './engine.ts';
import { readSubject } from './read-subject.ts';
import { RULES } from './rules/index.ts';

export interface LintOptions {
  /** The eKuiper whose behaviour counts. */
  readonly target: Target;
}

/** Every finding of a plugin, directory or zip, in one pass and in reading order. */
export async function lintPlugin(view: PluginView, options: LintOptions): Promise<Finding[]> {
  return runRules(await readSubject(view, options.target), RULES);
}
