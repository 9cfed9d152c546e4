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
  if (root.type === 'object') {
    for (const { key, value } of root.members) decodeMember(info, key, value, errors);
  } else if (root.type !== 'null') {
    errors.push(`json: cannot unmarshal ${goKind(root)} into Go value of type portable.PluginInfo`);
  }
  return { info, error: errors[0] ?? null };
}

function decodeMember(
  info: Mutable<PluginInfo>,
  key: string,
  value: JsonNode,
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
  else if (list) info[list] = decodeList(list, value, errors);
}

function decodeList(field: string, value: JsonNode, errors: string[]): string[] | null {
  if (value.type === 'null') return null;
  if (value.type !== 'array') {
    errors.push(fieldError(value, field, '[]string'));
    return null;
  }
  return value.items.map((item) => {
    if (item.type === 'string') return item.value;
    if (item.type !== 'null') errors.push(fieldError(item, field, 'string'));
    return '';
  });
}

function fieldError(value: JsonNode, field: string, type: string): string {
  return `json: cannot unmarshal ${goKind(value)} into Go struct field PluginInfo.${field} of type ${type}`;
}

function goKind(node: JsonNode): string {
  return node.type === 'boolean' ? 'bool' : node.type;
}
