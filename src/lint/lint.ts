import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import type { PluginView } from '../model/view.ts';
import { runRules } from './engine/engine.ts';
import { RULES } from './rules/index.ts';
import { readSubject } from './subject/read-subject.ts';
import type { Subject } from './subject/subject.ts';

export interface LintOptions {
  /** The eKuiper whose behaviour counts. */
  readonly target: Target;
}

/** A plugin that was read and checked: its findings, and its texts for those who show them. */
export interface Examination {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

/** Reads a plugin once and runs every rule over it. */
export async function examine(view: PluginView, options: LintOptions): Promise<Examination> {
  const subject = await readSubject(view, options.target);
  return { subject, findings: await runRules(subject, RULES) };
}

/** Every finding of a plugin, directory or zip, in one pass and in reading order. */
export async function lintPlugin(view: PluginView, options: LintOptions): Promise<Finding[]> {
  return [...(await examine(view, options)).findings];
}
