import type { Finding } from '../model/finding.ts';
import type { PluginView } from '../model/view.ts';
import { runRules } from './engine/engine.ts';
import type { LintOptions } from './lint.ts';
import { PACKAGE_RULES } from './rules/package/index.ts';
import { readSubject } from './subject/read-subject.ts';

/** Findings about a plugin's container and its entries, independent of their content; sorted by file and position. */
export async function packageFindings(
  view: PluginView,
  { target }: LintOptions,
): Promise<readonly Finding[]> {
  return runRules(await readSubject(view, target), PACKAGE_RULES);
}
