import { join } from 'node:path';
import { has } from '../../model/behaviours.ts';
import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import { yamlNamesOf } from '../../model/plugin/yaml-names.ts';
import type { Target } from '../../model/target.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import type { SourceConfigRequest, SymbolConfig } from './symbol-contract.ts';

/** The defaults that eKuiper adds for a stream with only a type and a format (recorded `rule.flow`). */
const COMMON_1_14 = { delimiter: '', format: 'json', key: '' };

const COMMON_2 = {
  ...COMMON_1_14,
  retainSize: 0,
  schemaId: '',
  strictValidation: false,
  timestamp: '',
  timestampFormat: '',
};

/** The configurations of a host's sources. Source: topo/node/conf/source.go GetSourceConf. */
export class SourceConfigs {
  readonly #target: Target;
  /**
   * Cached: eKuiper 2 reads a file once while it runs, whatever is installed later
   * (docs/ekuiper.md#source-yaml-after-an-update).
   */
  readonly #read = new Map<string, Groups>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** Reads a source's file now, as eKuiper does when its plugin is installed. */
  async learn(root: string, source: string): Promise<void> {
    await this.#groups(root, source);
  }

  /** Clears the cache, like a restart of eKuiper. */
  forget(): void {
    this.#read.clear();
  }

  /** Returns the configuration that `start` of the source carries; `root` contains its `sources/` directory. */
  async configOf(root: string, request: SourceConfigRequest): Promise<SymbolConfig> {
    const { source, confKey = '', dataSource = '', overrides = {} } = request;
    const groups = (await this.#groups(root, source)) ?? {};
    const chosen = groups[confKey.toLowerCase()] ?? groups[confKey] ?? {};
    const common = has(this.#target, 'sends-many-settings')
      ? { ...COMMON_2, datasource: dataSource }
      : COMMON_1_14;
    return { ...groups['default'], ...(confKey === '' ? {} : chosen), ...common, ...overrides };
  }

  async #groups(root: string, source: string): Promise<Groups | null> {
    const key = JSON.stringify([root, source]);
    const known = this.#read.get(key);
    if (known) return known;
    const groups = await readGroups(root, source, this.#target);
    if (groups !== null && has(this.#target, 'keeps-source-yaml')) this.#read.set(key, groups);
    return groups;
  }
}

type YamlMap = Readonly<Record<string, unknown>>;

/** The groups of a source's YAML in eKuiper's form, by conf key. */
type Groups = Readonly<Record<string, YamlMap>>;

/**
 * Reads `sources/<source>.yaml` below `root`. 2.x converts every key to lower case and then restores the case of those
 * that `sources/<source>.json` lists; 1.14 changes nothing. Null when there is no YAML, or none that eKuiper can read.
 * Source: conf/load.go LoadConfigFromPath; docs/files.md#letter-case-of-keys, #source-yaml.
 */
export async function readGroups(
  root: string,
  source: string,
  target: Target,
): Promise<Groups | null> {
  const bytes = await bytesOf(join(root, 'sources', `${source}.yaml`));
  const yaml = bytes && readSourceYaml(bytes).groups;
  if (yaml === null) return null;
  if (!has(target, 'lowers-yaml-keys')) return groupsIn(yaml);
  const json = await bytesOf(join(root, 'sources', `${source}.json`));
  const names =
    json === null ? { ok: true as const, names: [] } : yamlNamesOf(parseGoJsonBytes(json).json);
  // An invalid JSON file makes eKuiper drop the whole YAML.
  return names.ok ? groupsIn(restored(lowered(yaml), names.names)) : null;
}

/** A group that is no map is dropped, the others stay; an empty one is an empty map. */
function groupsIn(yaml: YamlMap): Groups {
  const groups = Object.entries(yaml).flatMap(([key, value]) => {
    if (value === null) return [[key, {}] as const];
    return isYamlMap(value) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(groups);
}

function bytesOf(path: string): Promise<Uint8Array | null> {
  return readRegularFile(path).catch(nullUnlessLimit);
}

/** Whether it is a map with text keys. */
function isYamlMap(value: unknown): value is YamlMap {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
  );
}

/** Converts every key to lower case, at every level but inside lists (load.go normalize). */
function lowered(map: YamlMap): YamlMap {
  const members = Object.entries(map).map(
    ([key, value]) => [key.toLowerCase(), isYamlMap(value) ? lowered(value) : value] as const,
  );
  return Object.fromEntries(members);
}

/**
 * Replaces keys that differ from one of the names only in letter case by that name, at every level (load.go
 * applyKeys).
 */
function restored(map: YamlMap, names: readonly string[]): YamlMap {
  const byFold = new Map(names.map((name) => [name.toLowerCase(), name]));
  const restore = (one: YamlMap): YamlMap =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]) => [
        byFold.get(key.toLowerCase()) ?? key,
        isYamlMap(value) ? restore(value) : value,
      ]),
    );
  return restore(map);
}
