import { parseForeignJson } from '../model/json/bounded.ts';
import type { Target } from '../model/target.ts';
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
import { clipped, plainLine, wordsOf } from './http/text.ts';
import { targetOfHost } from './known-version.ts';

/** `GET /`. */
export interface HostInfo {
  /** As the host writes it; may be empty in an eKuiper that somebody built without a version. */
  readonly version: string;
  /** Whose behaviour kplugin expects of it. */
  readonly target: Target;
  /** Go's names: `linux`, `darwin`, `windows`. */
  readonly os: string | null;
  /** Go's names: `amd64`, `arm64`, `arm`; null before 1.4.1. */
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

export const PLUGIN_STATES = ['initializing', 'running', 'error', 'stop'] as const;

export type PluginState = (typeof PLUGIN_STATES)[number] | 'unknown';

/** `GET /plugins/portables/{name}/status` (2.0+). */
export interface PluginStatus {
  readonly state: PluginState;
  /** eKuiper's `errMsg`: `exit status 3`, `signal: killed`, a handshake error, or empty. */
  readonly error: string;
  /** Rule id → how many of the plugin's sources and sinks it holds; functions are never counted. */
  readonly refCount: ReadonlyMap<string, number>;
}

/** What was posted to install a plugin; kept by the host and shown in `/data/export` (1.8+). */
export interface Registration {
  readonly name: string;
  /** The URL exactly as it was posted: it may be posted again. */
  readonly file: string;
  readonly shellParas: readonly string[];
}

/** No version and no system is called so; what says it is shown in many places. */
const LONGEST_WORD = 100;

function shortText(fields: Fields, key: string): string | null {
  const text = optionalText(fields, key);
  return text === null ? null : clipped(text, LONGEST_WORD);
}

/** Reads the answer of `GET /`. Throws UnexpectedAnswer when it is not eKuiper's. */
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

/**
 * Reads the answer of `GET /plugins/portables`, sorted by name: eKuiper's order is random. With `onOdd` an object that
 * is no plugin is left out, and why is reported there; otherwise it throws UnexpectedAnswer, but for a plugin without a
 * name: it could be neither asked for nor removed, and is never the one that is looked for.
 */
export function parsePlugins(
  value: unknown,
  onOdd?: (why: string) => void,
): readonly InstalledPlugin[] {
  return itemsOf(value, 'the answer')
    .flatMap((item) => {
      try {
        return [parsePlugin(item)];
      } catch (thrown) {
        if (!(thrown instanceof UnexpectedAnswer)) throw thrown;
        const fields = objectOf(item);
        if (fields === null || (onOdd === undefined && fields.get('name') !== '')) throw thrown;
        onOdd?.(thrown.message);
        return [];
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads one plugin object; lists may be null. */
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

/** Reads the object of the plugin that was asked for. Throws UnexpectedAnswer when it is about another one. */
export function parsePluginNamed(name: string, value: unknown): InstalledPlugin {
  const plugin = parsePlugin(value);
  if (plugin.name === name) return plugin;
  const other = clipped(plainLine(plugin.name), 100);
  throw new UnexpectedAnswer(
    `asked for plugin ${plainLine(name)}, it answered with plugin ${other}`,
  );
}

/** Reads a status object. */
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

/** Reads the `portablePlugins` of `/data/export`: a map of name → JSON text. Entries that cannot be read are left out. */
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

/** Reads `GET /metadata/sources/yaml/{name}`: group → settings. */
export function parseGroups(value: unknown): ReadonlyMap<string, unknown> {
  return fieldsOf(value, 'the configuration');
}

/** Reads `GET /config/uploads`: absolute paths on the host. */
export function parseUploads(value: unknown): readonly string[] {
  return itemsOf(value, 'the answer').filter((item) => typeof item === 'string');
}
