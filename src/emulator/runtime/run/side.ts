import type { ControlChannel } from './control.ts';

/** What `/status` calls them (docs/ekuiper.md#status). */
export type InstanceState = 'initializing' | 'running' | 'error' | 'stop';

export interface InstanceStatus {
  readonly status: InstanceState;
  readonly errMsg: string;
}

/** A plugin at run time, whether the host starts its process or somebody else does. */
export interface PluginSide {
  readonly name: string;
  readonly status: InstanceStatus;
  /** Null while there is nobody to talk to. */
  readonly channel: ControlChannel | null;
  /** Whether its process was ended only to be replaced: then it pays to wait for the next. */
  readonly isComing: boolean;
  /** Aborts when the present process is gone and none follows; its reason says how. */
  readonly lost: AbortSignal;
  /** Whether its process is known to have ended: sockets that it left behind may be removed. */
  readonly isGone: boolean;
  /** eKuiper's status remembers a command that failed although the plugin runs. */
  fail(errMsg: string): void;
  /** Ends what the host started and removes the control socket; may be called in any state. */
  stop(): Promise<void>;
}
