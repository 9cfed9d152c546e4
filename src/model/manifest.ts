import type { PluginSymbol } from './symbol.ts';

/** `<pluginName>.json` as eKuiper holds it after decoding (config-files.md §1). */
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
