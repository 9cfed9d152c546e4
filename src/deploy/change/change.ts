import type { Registration } from '../../client/answers.ts';
import type { UploadFile } from '../../client/api-calls.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Health } from '../health.ts';
import type { RestartOutcome } from '../rules/restart.ts';
import type { RuleVerdict } from '../rules/rule-verdict.ts';
import type { RuleWatch } from '../rules/rule-watch.ts';
import type { AppliedGroup, SourceChange } from '../source-settings.ts';
import type { InstallPlan } from './plan.ts';

/** The operation that the user started. */
export type ChangeAct = 'install' | 'rollback' | 'restart';

/** The input of a change, made from a plan. */
export interface Change {
  readonly act: ChangeAct;
  readonly plan: InstallPlan;
  /** Null when the package is on the host already (a rollback). */
  readonly upload: UploadFile | null;
  /** Digest of the package content, hex. */
  readonly digest: string;
  /** The symbols that the package declares; null when they are not known. */
  readonly symbols: readonly PluginSymbol[] | null;
  /** Whether the package has an install.sh, which may run for minutes. */
  readonly hasScript: boolean;
  /** The state of the rules before the change; null when they could not be read. */
  readonly watch: RuleWatch | null;
  /** The source settings to send to the host. */
  readonly config: readonly SourceChange[];
  readonly restartRules: boolean;
  /** Keep the plugin even if its rules stop receiving rows. */
  readonly allowSilence: boolean;
  /** A check of the operator: throws HostFailure when the new version is not accepted. */
  readonly accept?: (run: ChangeRun) => Promise<void>;
  /** Milliseconds of `--watch`; null or left out: each rule is watched as long as its pace needs. */
  readonly watchFor?: number | null;
}

/** The clients, clock and callbacks that a change uses. */
export interface ChangeEffects {
  readonly watcher: InstallWatcher;
  readonly clock: Clock;
  /** Aborted by Ctrl-C, as the client is. */
  readonly signal: AbortSignal;
  /** A client and a clock that Ctrl-C does not abort, used to restore the previous release. */
  readonly recovery: HostClient;
  readonly recoveryClock: Clock;
  /** Milliseconds that the host gets to install and start the plugin. */
  readonly limit: number;
}

/** How a plugin was registered and started. */
export interface RegisterResult {
  readonly health: Health;
  /** Whether the connection was lost and the result was verified on the host. */
  readonly answerLost: boolean;
  /**
   * How often it was registered; more than once only when an update killed the process
   * (docs/ekuiper.md#killed-by-an-update).
   */
  readonly attempts: number;
}

/** What was done and seen after a successful registration. */
export interface After {
  /** Groups of source configuration that were sent to the host. */
  readonly config: readonly AppliedGroup[];
  readonly restarted: readonly RestartOutcome[];
  /** The state of each rule that ran before; empty when no rule uses the plugin. */
  readonly verdicts: readonly RuleVerdict[];
  /** The same as sentences. */
  readonly notes: readonly string[];
}

export const NOTHING_AFTER: After = { config: [], restarted: [], verdicts: [], notes: [] };

/** A change in progress: its input, its effects and the results so far. */
export interface ChangeRun extends Change, ChangeEffects {
  readonly client: HostClient;
  /** The registration that is sent; its file is known after the upload. */
  readonly wanted: Registration;
  readonly up: RegisterResult;
  readonly after: After;
  readonly pruned: readonly string[];
  /** Whether it failed although the wanted package runs; the restore then runs once only. */
  readonly hasArrived: boolean;
}

/** The result of a successful change. */
export interface Applied extends RegisterResult {
  /** Null when nothing was registered. */
  readonly registration: Registration | null;
  /** Old uploads that were removed. */
  readonly pruned: readonly string[];
  /** Configuration and rules after the change. */
  readonly after: After;
}

/** Receives the progress of an installation. */
export interface InstallWatcher {
  /** An upload of `total` bytes under that name starts. */
  uploading(name: string, total: number): void;
  uploaded(bytes: number): void;
  /** A wait starts; `limit` in milliseconds. */
  waiting(what: string, limit: number): void;
  /** The wait has ended. */
  settled(): void;
  /** A step failed and the previous release is being restored; always shown. */
  fixing?(what: string): void;
  /** Details for verbose output. */
  detail?(what: string): void;
}
