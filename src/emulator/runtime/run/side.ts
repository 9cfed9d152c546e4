import type { Target } from '../../../model/target.ts';
import type { OnData, OnEvent, Timeouts } from '../symbol-contract.ts';
import type { ControlChannel } from './control.ts';
import type { Machine } from './plugin-process.ts';

/** The states of `/status` (docs/ekuiper.md#status). */
type InstanceState = 'initializing' | 'running' | 'error' | 'stop';

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

/** The Pythons of the projects that plugins are from. */
export interface ProjectPythons {
  /** Absolute path, or a name on the PATH. */
  of(plugin: string): Promise<string>;
  /** Another than this one that has the SDK, as typed in the shell; null when none is known. */
  withSdk(than: string): Promise<string | null>;
}

/** The settings that all plugins of a host share. */
export interface Environment {
  readonly target: Target;
  /** `/tmp` for real plugins: they connect nowhere else. */
  readonly socketFolder: string;
  /** `portable.initTimeout` of eKuiper, in milliseconds. */
  readonly initTimeoutMs: number;
  readonly python: string;
  /** Without it every plugin gets `python`. */
  readonly projectPythons?: ProjectPythons;
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onEvent: OnEvent;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** Aborted when the host closes: ends every wait. */
  readonly signal: AbortSignal;
}

/** The settings that all open symbols of a host share. */
export interface SymbolEnvironment {
  readonly target: Target;
  readonly socketFolder: string;
  readonly timeouts: Timeouts;
  /** Null without a listener: then no data events are made. */
  readonly onData: OnData | null;
  /** Reports what the plugin did wrong on a socket of a symbol. */
  readonly fault: (plugin: string, text: string) => void;
  readonly note: (plugin: string, text: string) => void;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}
