import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseGoJsonBytes } from '../../../model/json/bytes.ts';
import { nullUnlessLimit } from '../../../model/machine-limit.ts';
import type { Target } from '../../../model/target.ts';
import { mannersOf } from '../../../model/target.ts';
import { readSourceYaml } from '../../../model/yaml/read.ts';
import { yamlNamesOf } from '../../../model/yaml-names.ts';
import { isYamlMap, lowered, restored, type YamlMap } from './letter-case.ts';

/** The groups of a source's YAML as eKuiper holds them, by conf key. */
export type Groups = Readonly<Record<string, YamlMap>>;

/**
 * Reads `sources/<source>.yaml` below `root`: 2.x puts every key in lower case and gives back the case of those that
 * `sources/<source>.json` lists; 1.14 leaves them alone. Null when there is no YAML, or none that eKuiper can read.
 * Source: conf/load.go LoadConfigFromPath; config-files.md §3.3, §6.
 */
export async function readGroups(
  root: string,
  source: string,
  target: Target,
): Promise<Groups | null> {
  const bytes = await bytesOf(join(root, 'sources', `${source}.yaml`));
  const yaml = bytes && readSourceYaml(bytes).groups;
  if (yaml === null) return null;
  if (!mannersOf(target).lowersYamlKeys) return groupsIn(yaml);
  const json = await bytesOf(join(root, 'sources', `${source}.json`));
  const names =
    json === null ? { ok: true as const, names: [] } : yamlNamesOf(parseGoJsonBytes(json).json);
  // A JSON file that is no description of properties takes the whole YAML with it.
  return names.ok ? groupsIn(restored(lowered(yaml), names.names)) : null;
}

/** A group that is no map is lost, and the others stay; an empty one is an empty map. */
function groupsIn(yaml: YamlMap): Groups {
  const groups = Object.entries(yaml).flatMap(([key, value]) => {
    if (value === null) return [[key, {}] as const];
    return isYamlMap(value) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(groups);
}

function bytesOf(path: string): Promise<Uint8Array | null> {
  return readFile(path).catch(nullUnlessLimit);
}
