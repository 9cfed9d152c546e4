import type { JsonNode } from '../json/node.ts';
import type { PluginSymbol } from '../symbol.ts';
import { type PluginInfo, unmarshalPluginInfo } from './plugin-info.ts';

/** `<pluginName>.json` as eKuiper decodes it (docs/files.md#plugin-json). */
export interface Manifest {
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
