/**
 * The settings of a host besides its address, in flags, environment and hosts.json. Those that end with `File` are
 * paths.
 */
export const SETTINGS = [
  'tokenFile',
  'keyFile',
  'issuer',
  'audience',
  'headerFile',
  'caFile',
  'certFile',
  'certKeyFile',
] as const;

export type SettingName = (typeof SETTINGS)[number];

export type Settings = { readonly [K in SettingName]?: string };

/** No dots and colons, so that a name is never confused with an address. */
export const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** An eKuiper host that the user has added to hosts.json. */
export interface NamedHost {
  readonly name: string;
  /** As it was typed; may include scheme and base path. */
  readonly address: string;
  /** Paths are absolute. */
  readonly settings: Settings;
  readonly groups: readonly string[];
}

/** The document of hosts.json, validated by schemas/hosts.schema.json; unknown keys are kept. */
export interface HostsDocument extends Readonly<Record<string, unknown>> {
  readonly default?: string | null;
  readonly hosts?: Readonly<Record<string, HostEntry>>;
}

export interface HostEntry extends Settings {
  readonly address: string;
  readonly groups?: readonly string[];
}

/** The contents of hosts.json. */
export interface Hosts {
  /** The file's path; it need not exist. */
  readonly file: string;
  /** In the order of the file. */
  readonly hosts: ReadonlyMap<string, NamedHost>;
  /** The host for commands that name none, or null. */
  readonly defaultHost: string | null;
  /** The parsed file with unknown keys, which are kept when it is written again. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Notes on unknown keys. */
  readonly notes: readonly string[];
}

/** Whether the value of a setting is a path. */
export function isFileSetting(name: SettingName): boolean {
  return name !== 'issuer' && name !== 'audience';
}

/**
 * Whether a text is a token or a private key where the path of its file is expected. A JWT begins with the Base64 of
 * `{"`.
 */
export function looksLikeSecret(text: string): boolean {
  return (
    /-----BEGIN|[\r\n]/.test(text) ||
    /^\s*Bearer\s/i.test(text) ||
    /^\s*eyJ[\w-]*\.[\w-]+/.test(text)
  );
}
