import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { UploadFile } from '../../client/multipart.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Health } from '../health/health.ts';
import type { RuleWatch } from '../rules/watch.ts';
import type { After, AfterOptions, ChangeAct } from './options.ts';
import type { InstallPlan } from './plan.ts';
import type { InstallWatcher } from './watcher.ts';

/** What is to be brought onto a host by a plan. */
export interface Change {
  readonly plan: InstallPlan;
  /** Null when the package is on the host already (a rollback). */
  readonly upload: UploadFile | null;
  /** Of the content, hex. */
  readonly digest: string;
  /** What it declares; null when that is not known. */
  readonly symbols: readonly PluginSymbol[] | null;
  /** Whether it brings an install.sh, which may take minutes. */
  readonly hasScript: boolean;
  /** What the operator calls it, for what is said when it fails; default `install`. */
  readonly act?: ChangeAct;
  /** The rules as they were before it, to be looked at after a rollback; null or left out: they are not. */
  readonly watch?: RuleWatch | null;
  /** What belongs to the change beside registering; left out: nothing, and its rules judge nothing. */
  readonly options?: AfterOptions;
}

export type { ChangeAct };

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

/** How a change ended well. */
export interface Applied {
  readonly health: Health;
  readonly registration: Registration | null;
  /** Whether an answer was lost and the outcome was found by asking. */
  readonly answerLost: boolean;
  /**
   * How often it was registered; more than once only where an update killed it (docs/ekuiper.md#killed-by-an-update).
   */
  readonly attempts: number;
  /** Uploads that were taken away, because newer ones took their place. */
  readonly pruned: readonly string[];
  /** What was done and seen around it: configuration, rules. */
  readonly after: After;
}
