import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import type { PluginView } from '../model/view.ts';
import { runRules } from './engine/engine.ts';
import { RULES } from './rules/index.ts';
import type { PythonParser } from './subject/python-parser.ts';
import { readSubject } from './subject/read-subject.ts';
import type { Subject } from './subject/subject.ts';

export interface LintOptions {
  /** The eKuiper version whose behaviour applies. */
  readonly target: Target;
  /** Reads the sources of Python programs; without it their syntax is not checked. */
  readonly parsePython?: PythonParser;
}

/** The findings of a plugin, and its texts for output that shows source lines. */
export interface Examination {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

/** Reads a plugin once and runs every rule over it. */
export async function examine(view: PluginView, options: LintOptions): Promise<Examination> {
  const subject = await readSubject(view, options.target, options.parsePython);
  return { subject, findings: await runRules(subject, RULES) };
}

/** The findings of a plugin, directory or zip, sorted by file and position. */
export async function lintPlugin(view: PluginView, options: LintOptions): Promise<Finding[]> {
  return [...(await examine(view, options)).findings];
}

/**
 * Why a zip is rejected from which other programs read other files: eKuiper would accept it, and its content cannot be
 * checked.
 */
export const AMBIGUOUS = {
  message: 'the package can be read in two ways, so it cannot be checked',
  hint: 'get it again from where it was made, or pack it from the project with kplugin pack',
} as const;

/** The findings about the two ways in which a zip can be read; empty for other plugins. */
export function ambiguousFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'zip-ambiguous');
}
