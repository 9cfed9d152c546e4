import { exactMember, type GoJson, type JsonNode, overflowIn } from '../json/node.ts';

/**
 * The property names that eKuiper 2 takes from a source's JSON before it reads the YAML, or why it does not read the
 * YAML.
 */
type YamlNames =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly message: string };

const MAX_DEPTH = 64;

/**
 * The property names with which eKuiper 2 restores the letter case of `sources/x.yaml` (it lower-cases every key
 * first). Only the group `default` counts, and keys count in their exact case. A property whose default is a
 * non-empty list or object gives the names inside it, but not its own. Source: conf/load.go;
 * docs/files.md#letter-case-of-keys.
 */
export function yamlNamesOf(json: GoJson): YamlNames {
  if (!json.ok) return { ok: false, message: json.message };
  const { root } = json;
  if (root.type !== 'object' && root.type !== 'null') {
    const kind = root.type === 'boolean' ? 'bool' : root.type;
    const type = 'map[string]interface {}';
    return { ok: false, message: `json: cannot unmarshal ${kind} into Go value of type ${type}` };
  }
  const overflow = overflowIn(root);
  if (overflow !== null) return { ok: false, message: overflow };
  const properties = exactMember(root, 'properties')?.value;
  if (!properties) return { ok: false, message: 'json map does not have properties value' };
  if (properties.type !== 'object') {
    return { ok: false, message: 'failed to cast to list of properties' };
  }
  return { ok: true, names: namesIn(properties, 0) };
}

function namesIn(element: JsonNode, depth: number): string[] {
  if (element.type !== 'object' || depth > MAX_DEPTH) return [];
  const inside = partsOf(exactMember(element, 'default')?.value);
  if (inside.length > 0) return inside.flatMap((part) => namesIn(part, depth + 1));
  const name = exactMember(element, 'name')?.value;
  return name?.type === 'string' ? [name.value] : [];
}

function partsOf(value: JsonNode | undefined): readonly JsonNode[] {
  if (value?.type === 'array') return value.items;
  return value?.type === 'object' ? value.members.map((member) => member.value) : [];
}
