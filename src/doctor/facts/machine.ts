import type { PluginProject } from './plugin-project.ts';

/** What a program said and how it ended. */
export interface Ran {
  readonly code: number | null;
  /** stdout, at most a few KiB. */
  readonly out: string;
}

/** A project's own Python environment, read from its files: its interpreter is not started. */
export interface OwnEnvironment {
  /** As one types it in the shell: `.venv/bin/python`. */
  readonly program: string;
  /** Its Python's release; null when its files do not name it. */
  readonly version: string | null;
  /** What its `site-packages` holds; null where the package is not there. */
  readonly sdk: string | null;
  readonly pynng: string | null;
  /** It also uses what is installed for the whole machine, and that was not looked at. */
  readonly isShared: boolean;
}

/** Which Python plugins get: one that may be started (`--python`, or on the PATH), or one that is only read. */
export interface PythonHere {
  readonly program: string | null;
  /** The project's own; null when there is none, or when `--python` names the one to run. */
  readonly own: OwnEnvironment | null;
}

/** A socket file of eKuiper's or a test server's in /tmp. */
export interface PluginSocket {
  readonly path: string;
  /** Whether a process listens behind it. */
  readonly alive: boolean;
}

/** What the checks may ask of this machine; tests hand in one that is made up. */
export interface Machine {
  /** Node's names: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** `20.19.1`, without a "v". */
  readonly node: string;
  readonly kplugin: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Every `KPLUGIN_…` that kplugin reads. */
  readonly variables: readonly string[];
  /** The interpreter that plugins get, looked for and not started yet. */
  readonly python: () => Promise<PythonHere>;
  /**
   * Runs a program without a shell, outside the project and with a plain environment; null when there is none of that
   * name on the PATH. A folder that somebody merely looks at must not get to run anything.
   */
  readonly run: (program: string, args: readonly string[]) => Promise<Ran | null>;
  /** Whether a file can be made in that folder: it is made and removed. */
  readonly writable: (folder: string) => Promise<boolean>;
  /** Those of plugins, functions, sources and sinks in /tmp. */
  readonly sockets: () => Promise<readonly PluginSocket[]>;
  /** The body of a GET on a loopback port; null when nobody listens, empty when what listens says nothing. */
  readonly ask: (port: number) => Promise<string | null>;
  /** The permission bits of a file; null when it is not there. */
  readonly modeOf: (file: string) => Promise<number | null>;
}

/** What a check of this machine looks at. */
export interface MachineSubject {
  readonly machine: Machine;
  /** The plugin here: what it needs makes a missing program an error. */
  readonly project: PluginProject | null;
}
