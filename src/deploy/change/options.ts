import type { HostInfo } from '../../client/answers.ts';
import type { RestartOutcome } from '../rules/restart.ts';
import type { RuleUse } from '../rules/use.ts';
import type { RuleVerdict } from '../rules/watched.ts';
import type { AppliedGroup, SourceChange } from '../source-config/apply.ts';

/** What the operator calls a change. */
export type ChangeAct = 'install' | 'rollback' | 'restart';

/** What was done and seen around a change that went well. */
export interface After {
  /** Groups of source configuration that were put to the host. */
  readonly config: readonly AppliedGroup[];
  readonly restarted: readonly RestartOutcome[];
  /** How the rules are that ran before; empty where none uses it. */
  readonly verdicts: readonly RuleVerdict[];
  /** All of it in sentences. */
  readonly notes: readonly string[];
}

export interface AfterOptions {
  /** The plugin's name. */
  readonly plugin: string;
  readonly info: HostInfo;
  readonly uses: readonly RuleUse[];
  /** Empty unless they are to be put to the host. */
  readonly config: readonly SourceChange[];
  readonly restartRules: boolean;
  /** Whether a plugin is kept whose rules have no rows any more. */
  readonly allowSilence: boolean;
  /** What failed, for what is said: `install`, `rollback` … */
  readonly act: ChangeAct;
}

export const NOTHING_AFTER: After = { config: [], restarted: [], verdicts: [], notes: [] };
