import type { Settings } from './settings.ts';

/** An eKuiper under a name of the user's, as hosts.json has it. */
export interface NamedHost {
  readonly name: string;
  /** As it was typed; base path and scheme are part of it. */
  readonly address: string;
  /** Paths are absolute. */
  readonly settings: Settings;
  readonly groups: readonly string[];
}

/** hosts.json as it stands there, found right by its schema (schemas/hosts.schema.json); other keys are kept. */
export interface HostsDocument extends Readonly<Record<string, unknown>> {
  readonly default?: string | null;
  readonly hosts?: Readonly<Record<string, HostEntry>>;
}

export interface HostEntry extends Settings {
  readonly address: string;
  readonly groups?: readonly string[];
}

/** What hosts.json holds. */
export interface Hosts {
  /** The file's path; it need not exist. */
  readonly file: string;
  /** In the order of the file. */
  readonly hosts: ReadonlyMap<string, NamedHost>;
  /** The host of commands that name none; null without one. */
  readonly defaultHost: string | null;
  /** The file as a value, unknown keys included: they are kept when it is written again. */
  readonly document: Readonly<Record<string, unknown>>;
  /** What is odd in it and harms nothing. */
  readonly notes: readonly string[];
}

/** Without dots and colons, so that a name is never taken for an address, nor an address for a name. */
export const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
