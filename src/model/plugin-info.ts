import { foldKey } from './json/member.ts';
import type { JsonNode } from './json/node.ts';

/** `<plugin>.json` just as eKuiper's Go struct holds it, before anything is checked (config-files.md §1). */
export interface PluginInfo {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly executable: string;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  /** Null where the manifest says null or nothing: `GET /plugins/portables` repeats that. */
  readonly sources: readonly string[] | null;
  readonly sinks: readonly string[] | null;
  readonly functions: readonly string[] | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What Go's slices hold beyond their length: a list that comes twice is decoded into the first one's items. */
type Held = Map<(typeof LISTS)[number], string[]>;

const TEXTS = ['name', 'version', 'language', 'executable'] as const;
const POINTERS = ['virtualEnvType', 'env'] as const;
const LISTS = ['sources', 'sinks', 'functions'] as const;

/**
 * Decodes a manifest as Go's json.Unmarshal does: any letter case, the last duplicate wins, null changes no string.
 * `error` is the first type error in Go's words; `info` holds what decoded all the same.
 */
export function unmarshalPluginInfo(
  root: JsonNode,
  name: string,
): { readonly info: PluginInfo; readonly error: string | null } {
  const info: Mutable<PluginInfo> = {
    name,
    version: '',
    language: '',
    executable: '',
    virtualEnvType: null,
    env: null,
    sources: null,
    sinks: null,
    functions: null,
  };
  const errors: string[] = [];
  const held: Held = new Map();
  if (root.type === 'object') {
    for (const { key, value } of root.members) decodeMember(info, key, value, held, errors);
  } else if (root.type !== 'null') {
    errors.push(`json: cannot unmarshal ${goKind(root)} into Go value of type portable.PluginInfo`);
  }
  return { info, error: errors[0] ?? null };
}

function decodeMember(
  info: Mutable<PluginInfo>,
  key: string,
  value: JsonNode,
  held: Held,
  errors: string[],
): void {
  const wanted = foldKey(key);
  const is = (field: string): boolean => foldKey(field) === wanted;
  const text = TEXTS.find(is);
  const pointer = POINTERS.find(is);
  const list = LISTS.find(is);
  const into = text ?? pointer;
  if (text && value.type === 'string') info[text] = value.value;
  else if (pointer && value.type === 'string') info[pointer] = value.value;
  else if (pointer && value.type === 'null') info[pointer] = null;
  else if (into && value.type !== 'null')
    errors.push(fieldError(value, `PluginMeta.${into}`, 'string'));
  else if (list && value.type === 'array') info[list] = decodeList(list, value.items, held, errors);
  else if (list && value.type === 'null') {
    info[list] = null;
    held.delete(list);
  } else if (list) errors.push(fieldError(value, list, '[]string'));
}

/** A null, and what has another type, changes no item. */
function decodeList(
  field: (typeof LISTS)[number],
  items: readonly JsonNode[],
  held: Held,
  errors: string[],
): string[] {
  const before = items.length === 0 ? [] : (held.get(field) ?? []);
  const list = items.map((item, index) => {
    if (item.type === 'string') return item.value;
    if (item.type !== 'null') errors.push(fieldError(item, field, 'string'));
    return before[index] ?? '';
  });
  held.set(field, [...list, ...before.slice(list.length)]);
  return list;
}

function fieldError(value: JsonNode, field: string, type: string): string {
  return `json: cannot unmarshal ${goKind(value)} into Go struct field PluginInfo.${field} of type ${type}`;
}

function goKind(node: JsonNode): string {
  return node.type === 'boolean' ? 'bool' : node.type;
}
