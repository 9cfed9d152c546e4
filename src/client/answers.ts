import { parseForeignJson } from '../model/json/bounded.ts';
import {
  atLeastVersion,
  NEWEST_TARGET,
  TARGETS,
  type Target,
  targetOfRelease,
  versionIn,
} from '../model/target.ts';
import {
  type Fields,
  fieldsOf,
  itemsOf,
  objectOf,
  optionalNumber,
  optionalText,
  textOf,
  textsOf,
  UnexpectedAnswer,
} from './decode.ts';
import { clipped, plainLine, wordsOf } from './http/foreign-text.ts';

/** Longer names and versions are truncated, because they are printed in many places. */
const LONGEST_WORD = 100;

/** The response of `GET /`. */
export interface HostInfo {
  /** As the host reports it; may be empty when eKuiper was built without a version. */
  readonly version: string;
  /** The eKuiper version whose behaviour kplugin expects of this host. */
  readonly target: Target;
  /** `GOOS`: `linux`, `darwin`, `windows`. */
  readonly os: string | null;
  /** `GOARCH`: `amd64`, `arm64`, `arm`; null before 1.4.1. */
  readonly arch: string | null;
  readonly upTimeSeconds: number | null;
}

/** One object of `GET /plugins/portables`. */
export interface InstalledPlugin {
  readonly name: string;
  /** Empty when its manifest has none. */
  readonly version: string;
  readonly language: string;
  /** Absolute path on the host. */
  readonly executable: string;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly functions: readonly string[];
}

const PLUGIN_STATES = ['initializing', 'running', 'error', 'stop'] as const;

export type PluginState = (typeof PLUGIN_STATES)[number] | 'unknown';

/** `GET /plugins/portables/{name}/status` (2.0+). */
export interface PluginStatus {
  readonly state: PluginState;
  /** eKuiper's `errMsg`: `exit status 3`, `signal: killed`, a handshake error, or empty. */
  readonly error: string;
  /** Rule id → how many of the plugin's sources and sinks it holds; functions are never counted. */
  readonly refCount: ReadonlyMap<string, number>;
}

/** The request body that installed a plugin; the host stores it and returns it in `/data/export` (1.8+). */
export interface Registration {
  readonly name: string;
  /** The URL exactly as it was posted, because it may be posted again. */
  readonly file: string;
  readonly shellParas: readonly string[];
}

/** Parses the response of `GET /`. Throws UnexpectedAnswer when eKuiper cannot have sent it. */
export function parseHostInfo(value: unknown): HostInfo {
  const fields = fieldsOf(value, 'the answer');
  if (!fields.has('version') || !(fields.has('os') || fields.has('upTimeSeconds'))) {
    throw new UnexpectedAnswer('it has no version and no operating system');
  }
  const version = shortText(fields, 'version') ?? '';
  return {
    version,
    target: targetOfHost(version),
    os: shortText(fields, 'os'),
    arch: shortText(fields, 'arch'),
    upTimeSeconds: optionalNumber(fields, 'upTimeSeconds'),
  };
}

function shortText(fields: Fields, key: string): string | null {
  const text = optionalText(fields, key);
  return text === null ? null : clipped(text, LONGEST_WORD);
}

/** The target version whose rules apply to a host of this version; the newest one when the version cannot be parsed. */
export function targetOfHost(version: string): Target {
  return targetOfRelease(version) ?? NEWEST_TARGET;
}

/** A warning for a version that is newer than the tested ones or that cannot be parsed; null otherwise. */
export function unknownVersion(version: string): string | null {
  const newest = TARGETS[NEWEST_TARGET];
  if (versionIn(version) === null) {
    return `it does not say which version it is ("${version}"); kplugin takes it for ${newest}`;
  }
  if (atLeastVersion(newest, version)) return null;
  return `eKuiper ${version} is newer than any that this kplugin knows; kplugin takes it for ${newest}`;
}

/**
 * Parses the response of `GET /plugins/portables` and sorts it by name: eKuiper's order is random. With `onInvalid` an
 * object that is not a plugin is skipped and the reason is passed to the callback; without, it throws UnexpectedAnswer.
 * A plugin without a name is always skipped: it can be neither queried nor removed.
 */
export function parsePlugins(
  value: unknown,
  onInvalid?: (why: string) => void,
): readonly InstalledPlugin[] {
  return itemsOf(value, 'the answer')
    .flatMap((item) => {
      try {
        return [parsePlugin(item)];
      } catch (thrown) {
        if (!(thrown instanceof UnexpectedAnswer)) throw thrown;
        const fields = objectOf(item);
        if (fields === null || (onInvalid === undefined && fields.get('name') !== '')) throw thrown;
        onInvalid?.(thrown.message);
        return [];
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Parses the response to a request for one plugin. Throws UnexpectedAnswer when it describes another plugin. */
export function parsePluginNamed(name: string, value: unknown): InstalledPlugin {
  const plugin = parsePlugin(value);
  if (plugin.name === name) return plugin;
  const other = clipped(plainLine(plugin.name), LONGEST_WORD);
  throw new UnexpectedAnswer(
    `asked for plugin ${plainLine(name)}, it answered with plugin ${other}`,
  );
}

/** Parses one plugin object; its lists may be null. */
export function parsePlugin(value: unknown): InstalledPlugin {
  const fields = fieldsOf(value, 'a plugin');
  const name = textOf(fields, 'name', 'a plugin');
  if (name === '') throw new UnexpectedAnswer('a plugin has an empty name');
  const symbols = (key: string): readonly string[] => textsOf(fields, key, `plugin ${name}`);
  return {
    name,
    version: optionalText(fields, 'version') ?? '',
    language: optionalText(fields, 'language') ?? '',
    executable: optionalText(fields, 'executable') ?? '',
    virtualEnvType: optionalText(fields, 'virtualEnvType'),
    env: optionalText(fields, 'env'),
    sources: symbols('sources'),
    sinks: symbols('sinks'),
    functions: symbols('functions'),
  };
}

/** Parses a status object. */
export function parseStatus(value: unknown): PluginStatus {
  const fields = fieldsOf(value, 'the status');
  const state = textOf(fields, 'status', 'the status');
  const counts = fields.get('refCount');
  const refCount = counts === null || counts === undefined ? [] : [...fieldsOf(counts, 'refCount')];
  return {
    state: PLUGIN_STATES.find((known) => known === state) ?? 'unknown',
    error: wordsOf(optionalText(fields, 'errMsg') ?? '').trim(),
    refCount: new Map(
      refCount.map(([rule, count]) => [rule, typeof count === 'number' ? count : 0]),
    ),
  };
}

/** Parses `portablePlugins` of `/data/export`: plugin name → JSON text. Entries that cannot be parsed are skipped. */
export function parseRegistrations(value: unknown): ReadonlyMap<string, Registration> {
  const plugins = fieldsOf(value, 'the export').get('portablePlugins');
  if (plugins === null || plugins === undefined) return new Map();
  const entries = [...fieldsOf(plugins, 'portablePlugins')].flatMap(([name, text]) => {
    const registration = parseRegistration(text);
    return registration === null ? [] : [[name, registration] as const];
  });
  return new Map(entries);
}

function parseRegistration(text: unknown): Registration | null {
  if (typeof text !== 'string') return null;
  try {
    const fields = fieldsOf(parseForeignJson(text), 'a registration');
    return {
      name: textOf(fields, 'name', 'a registration'),
      file: textOf(fields, 'file', 'a registration'),
      shellParas: textsOf(fields, 'shellParas', 'a registration'),
    };
  } catch {
    return null;
  }
}

/** Parses `GET /metadata/sources/yaml/{name}`: group → settings. */
export function parseGroups(value: unknown): ReadonlyMap<string, unknown> {
  return fieldsOf(value, 'the configuration');
}

/** Parses `GET /config/uploads`: absolute paths on the host. */
export function parseUploads(value: unknown): readonly string[] {
  return itemsOf(value, 'the answer').filter((item) => typeof item === 'string');
}
