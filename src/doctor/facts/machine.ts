import type { PluginProject } from './plugin-project.ts';

/** The output of a program and how it ended. */
export interface Ran {
  readonly code: number | null;
  /** stdout, at most a few KiB. */
  readonly out: string;
}

/** A project's own Python environment, read from its files: its interpreter is not started. */
export interface OwnEnvironment {
  /** As typed in the shell: `.venv/bin/python`. */
  readonly program: string;
  /** The release of its Python; null when its files do not contain it. */
  readonly version: string | null;
  /** The packages in its `site-packages`; null for a missing package. */
  readonly sdk: string | null;
  readonly pynng: string | null;
  /** It also uses the packages of the whole machine, which were not read. */
  readonly isShared: boolean;
}

/** The Python for plugins: one that may be started (`--python`, or on the PATH), or one that is only read. */
export interface PythonHere {
  readonly program: string | null;
  /** The project's own; null when there is none, or when `--python` names the one to run. */
  readonly own: OwnEnvironment | null;
}

/** A socket file of eKuiper or a test server in /tmp. */
export interface PluginSocket {
  readonly path: string;
  /** Whether a process listens on it. */
  readonly alive: boolean;
}

/** What the checks can ask of this machine; tests pass a fake. */
export interface Machine {
  /** Node's names: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** `20.19.1`, without a "v". */
  readonly node: string;
  readonly kplugin: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Every `KPLUGIN_…` variable that kplugin reads. */
  readonly variables: readonly string[];
  /** The interpreter for plugins, found but not started yet. */
  readonly python: () => Promise<PythonHere>;
  /**
   * Runs a program without a shell, outside the project and with a minimal environment; null when it is not on the
   * PATH. A directory that is only examined must not run anything.
   */
  readonly run: (program: string, args: readonly string[]) => Promise<Ran | null>;
  /** Whether a file can be created in that directory: creates and removes one. */
  readonly writable: (folder: string) => Promise<boolean>;
  /** The sockets of plugins, functions, sources and sinks in /tmp. */
  readonly sockets: () => Promise<readonly PluginSocket[]>;
  /** The body of a GET on a loopback port; null when nothing listens, empty when the listener sends nothing. */
  readonly ask: (port: number) => Promise<string | null>;
  /** The permission bits of a file; null when it does not exist. */
  readonly modeOf: (file: string) => Promise<number | null>;
}

/** The input of a check of this machine. */
export interface MachineSubject {
  readonly machine: Machine;
  /** The plugin in the directory: a program that it needs and that is missing is an error. */
  readonly project: PluginProject | null;
}
