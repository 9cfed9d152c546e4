import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { UploadFile } from '../../client/multipart.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Health } from '../health/health.ts';
import type { RestartOutcome } from '../rules/restart.ts';
import type { RuleWatch } from '../rules/watch.ts';
import type { RuleVerdict } from '../rules/watched.ts';
import type { AppliedGroup, SourceChange } from '../source-config/apply.ts';
import type { InstallPlan } from './plan.ts';

/** What the operator calls a change. */
export type ChangeAct = 'install' | 'rollback' | 'restart';

/** What is to be brought onto a host by a plan. */
export interface Change {
  readonly act: ChangeAct;
  readonly plan: InstallPlan;
  /** Null when the package is on the host already (a rollback). */
  readonly upload: UploadFile | null;
  /** Of the content, hex. */
  readonly digest: string;
  /** What it declares; null when that is not known. */
  readonly symbols: readonly PluginSymbol[] | null;
  /** Whether it brings an install.sh, which may take minutes. */
  readonly hasScript: boolean;
  /** The rules as they were before it; null where they cannot be looked at. */
  readonly watch: RuleWatch | null;
  /** Settings of sources that are to be put to the host. */
  readonly config: readonly SourceChange[];
  readonly restartRules: boolean;
  /** Whether a plugin is kept whose rules have no rows any more. */
  readonly allowSilence: boolean;
}

/** What a change may do beside asking the host. */
export interface ChangeEffects {
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  /** Aborted by Ctrl-C, as the client is. */
  readonly signal: AbortSignal;
  /** A client and a clock that Ctrl-C does not stop: they put things right. */
  readonly recovery: HostClient;
  readonly recoveryClock: Clock;
  /** Milliseconds that the host gets to install and start it. */
  readonly limit: number;
}

/** How the plugin came up. */
export interface BroughtUp {
  readonly health: Health;
  /** Whether an answer was lost and the outcome was found by asking. */
  readonly answerLost: boolean;
  /**
   * How often it was registered; more than once only where an update killed it (docs/ekuiper.md#killed-by-an-update).
   */
  readonly attempts: number;
}

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

export const NOTHING_AFTER: After = { config: [], restarted: [], verdicts: [], notes: [] };

/** A change on its way: what it is done with, and what has come of it so far. */
export interface ChangeRun extends Change, ChangeEffects {
  readonly client: HostClient;
  /** What is being registered; its file is known once it is uploaded. */
  readonly wanted: Registration;
  readonly up: BroughtUp;
  readonly after: After;
  readonly pruned: readonly string[];
  /** Whether it failed, and what was meant runs all the same: it is restored once only. */
  readonly hasArrived: boolean;
}

/** How a change ended well. */
export interface Applied extends BroughtUp {
  /** Null where nothing was registered. */
  readonly registration: Registration | null;
  /** Uploads that were taken away, because newer ones took their place. */
  readonly pruned: readonly string[];
  /** What was done and seen around it: configuration, rules. */
  readonly after: After;
}

/** Told what an installation is doing, so that nobody waits without knowing for what. */
export interface InstallWatcher {
  /** `total` bytes are about to be uploaded under that name. */
  uploading(name: string, total: number): void;
  uploaded(bytes: number): void;
  /** From here on something takes its time; `limit` in milliseconds. */
  waiting(what: string, limit: number): void;
  /** The wait is over. */
  settled(): void;
  /** Something went wrong and is being restored: must be seen. */
  fixing?(what: string): void;
  /** For those who want to know everything. */
  detail?(what: string): void;
}
