import { foldKey, type JsonNode } from '../json/node.ts';
import type { PluginSymbol } from '../symbol.ts';

const TEXTS = ['name', 'version', 'language', 'executable'] as const;
const POINTERS = ['virtualEnvType', 'env'] as const;
const LISTS = ['sources', 'sinks', 'functions'] as const;

/** `<plugin>.json` as eKuiper's Go struct holds it, before validation (docs/files.md#plugin-json). */
export interface PluginInfo {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly executable: string;
  readonly virtualEnvType: string | null;
  readonly env: string | null;
  /** Null when the manifest has null or no such field: `GET /plugins/portables` returns null too. */
  readonly sources: readonly string[] | null;
  readonly sinks: readonly string[] | null;
  readonly functions: readonly string[] | null;
}

/** `<pluginName>.json` as eKuiper decodes it (docs/files.md#plugin-json). */
interface Manifest {
  readonly name: string;
  /** Empty when the manifest has none. */
  readonly version: string;
  readonly language: 'go' | 'python';
  readonly executable: string;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly functions: readonly string[];
  readonly virtualEnvType: 'conda' | null;
  readonly env: string | null;
}

/** A manifest decoded without validation: a missing field, or one of a wrong type, is empty. */
export type LooseManifest = Omit<Manifest, 'language' | 'virtualEnvType'> & {
  readonly language: string;
  readonly virtualEnvType: string | null;
};

/** Every symbol of a manifest: sources, then sinks, then functions, each in its own order. */
export function symbolsOf(
  manifest: Pick<Manifest, 'sources' | 'sinks' | 'functions'>,
): PluginSymbol[] {
  return [
    ...manifest.sources.map((name) => ({ kind: 'source' as const, name })),
    ...manifest.sinks.map((name) => ({ kind: 'sink' as const, name })),
    ...manifest.functions.map((name) => ({ kind: 'function' as const, name })),
  ];
}

/** The result of an install's manifest check in eKuiper: the decoded plugin, or eKuiper's error message. */
export type DecodedManifest =
  | { readonly ok: true; readonly info: PluginInfo }
  | { readonly ok: false; readonly message: string };

/**
 * Decodes and checks a manifest as an install of the plugin `expectedName` does, with eKuiper's own messages
 * (after `fail to install plugin: `). Source: portable/manager.go and model.go; recorded cases `man.*`.
 */
export function decodeManifest(root: JsonNode, expectedName: string): DecodedManifest {
  const { info, error } = unmarshalPluginInfo(root, expectedName);
  const message = error ?? manifestProblem(info, expectedName);
  return message === null ? { ok: true, info } : { ok: false, message };
}

/** The error message of eKuiper's own validation of a decoded manifest, the first in its order; null when it is valid. */
export function manifestProblem(info: PluginInfo, expectedName: string): string | null {
  if (info.name !== expectedName) {
    return `invalid plugin, expect name '${expectedName}' but got '${info.name}'`;
  }
  if (info.language === '') return 'invalid plugin, missing language';
  if (info.executable === '') return 'invalid plugin, missing executable';
  if (symbolsOf(filled(info)).length === 0) {
    return 'invalid plugin, must define at lease one source, sink or function';
  }
  if (info.language !== 'go' && info.language !== 'python') {
    return `invalid plugin, language '${info.language}' is not supported`;
  }
  return null;
}

/**
 * The error message when eKuiper cannot build the command line (after `fail to start plugin X: `, and as `errMsg` of
 * the status); null when it can. Source: plugin_ins_manager.go; recorded cases `man.venv`, `man.conda.noenv`.
 */
export function launchProblem(
  info: Pick<PluginInfo, 'language' | 'virtualEnvType' | 'env'>,
): string | null {
  if (info.language !== 'python' || info.virtualEnvType === null) return null;
  if (info.virtualEnvType !== 'conda') return `unsupported virtual type: ${info.virtualEnvType}`;
  if (info.env === null) return 'runtime error: invalid memory address or nil pointer dereference';
  return null;
}

/** Decodes a manifest without validation and never throws; null when the JSON is not an object. */
export function looseManifest(root: JsonNode, name: string): LooseManifest | null {
  if (root.type !== 'object') return null;
  return filled(unmarshalPluginInfo(root, name).info);
}

function filled(info: PluginInfo): LooseManifest {
  const { sources, sinks, functions } = info;
  return { ...info, sources: sources ?? [], sinks: sinks ?? [], functions: functions ?? [] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Go slices keep items beyond their length: a repeated list is decoded into the items of the first one. */
type Held = Map<(typeof LISTS)[number], string[]>;

/**
 * Decodes a manifest as Go's json.Unmarshal does: field names match case-insensitively, the last duplicate wins, null
 * does not change a string. `error`: the first type error in Go's words; `info`: the fields that were decoded all the
 * same.
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
  const errors = new FirstError();
  const held: Held = new Map();
  if (root.type === 'object') {
    for (const { key, value } of root.members) decodeMember(info, key, value, held, errors);
  } else if (root.type !== 'null') {
    errors.add(
      () => `json: cannot unmarshal ${goKind(root)} into Go value of type portable.PluginInfo`,
    );
  }
  return { info, error: errors.message };
}

function decodeMember(
  info: Mutable<PluginInfo>,
  key: string,
  value: JsonNode,
  held: Held,
  errors: FirstError,
): void {
  const wanted = foldKey(key);
  const is = (field: string): boolean => field.toLowerCase() === wanted;
  const text = TEXTS.find(is);
  const pointer = POINTERS.find(is);
  const list = LISTS.find(is);
  const into = text ?? pointer;
  if (text && value.type === 'string') info[text] = value.value;
  else if (pointer && value.type === 'string') info[pointer] = value.value;
  else if (pointer && value.type === 'null') info[pointer] = null;
  else if (into && value.type !== 'null')
    errors.add(() => fieldError(value, `PluginMeta.${into}`, 'string'));
  else if (list && value.type === 'array') info[list] = decodeList(list, value.items, held, errors);
  else if (list && value.type === 'null') {
    info[list] = null;
    held.delete(list);
  } else if (list) errors.add(() => fieldError(value, list, '[]string'));
}

/** Null and values of a wrong type leave an item unchanged. */
function decodeList(
  field: (typeof LISTS)[number],
  items: readonly JsonNode[],
  held: Held,
  errors: FirstError,
): string[] {
  // Decoded in place: besides one long list there may be 50,000 short ones.
  const all = items.length === 0 ? [] : (held.get(field) ?? []);
  items.forEach((item, index) => {
    if (item.type === 'string') all[index] = item.value;
    else all[index] ??= '';
    if (item.type !== 'string' && item.type !== 'null') {
      errors.add(() => fieldError(item, field, 'string'));
    }
  });
  held.set(field, all);
  return all.slice(0, items.length);
}

function fieldError(value: JsonNode, field: string, type: string): string {
  return `json: cannot unmarshal ${goKind(value)} into Go struct field PluginInfo.${field} of type ${type}`;
}

function goKind(node: JsonNode): string {
  return node.type === 'boolean' ? 'bool' : node.type;
}

/** Keeps the first type error only, as Go does: a list of 1 MB may contain 300,000 values of a wrong type. */
class FirstError {
  #message: string | null = null;

  get message(): string | null {
    return this.#message;
  }

  add(message: () => string): void {
    this.#message ??= message();
  }
}
