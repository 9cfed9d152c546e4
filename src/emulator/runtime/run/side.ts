import type { ControlChannel } from './control.ts';

/** The states of `/status` (docs/ekuiper.md#status). */
export type InstanceState = 'initializing' | 'running' | 'error' | 'stop';

export interface InstanceStatus {
  readonly status: InstanceState;
  readonly errMsg: string;
}

/** A plugin at run time, with a process that the host starts or an attached process. */
export interface PluginSide {
  readonly name: string;
  readonly status: InstanceStatus;
  /** Null while no process is connected. */
  readonly channel: ControlChannel | null;
  /** Whether its process was ended in order to be replaced: then callers wait for the next one. */
  readonly isComing: boolean;
  /** Aborts when the process has ended and none follows; its reason says how. */
  readonly lost: AbortSignal;
  /** Whether its process is known to have ended: then sockets that it left can be removed. */
  readonly isGone: boolean;
  /** Records a command that failed while the plugin runs, as eKuiper's status does. */
  fail(errMsg: string): void;
  /** Ends what the host started and removes the control socket; can be called in any state. */
  stop(): Promise<void>;
}
