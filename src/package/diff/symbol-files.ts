import { symbolFileAt, yamlFileAt } from '../../lint/subject/lookup.ts';
import { depthOf } from '../../model/json/depth.ts';
import type { JsonNode } from '../../model/json/node.ts';
import { plainValue } from '../../model/json/plain.ts';
import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { FileChange } from './file-changes.ts';
import type { PluginSide } from './plugin-side.ts';
import { type ValueChange, valueChanges } from './value-changes.ts';

/** A file of a symbol that was added, removed or changed. */
export interface SymbolFileChange {
  readonly path: string;
  readonly what: FileChange['what'];
  /** The changed keys; empty when only comments, order or layout changed. */
  readonly values: readonly ValueChange[];
  /** Whether both sides are valid YAML or JSON; if not, `values` is empty. */
  readonly read: boolean;
}

/** A symbol that both sides have and that differs. */
export interface SymbolChange {
  readonly symbol: PluginSymbol;
  readonly files: readonly SymbolFileChange[];
}

/** The symbols whose files changed, with the changed groups and keys of the YAML and fields of the metadata. */
export function symbolFileChanges(
  kept: readonly PluginSymbol[],
  changes: readonly FileChange[],
  before: PluginSide,
  after: PluginSide,
): SymbolChange[] {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const symbols: SymbolChange[] = [];
  for (const symbol of kept) {
    const files: SymbolFileChange[] = [];
    for (const path of [symbolFile(symbol, 'yaml'), symbolFile(symbol)]) {
      const change = changed.get(path);
      if (change && isContent(change)) files.push(fileChange(change, before, after));
    }
    if (files.length > 0) symbols.push({ symbol, files });
  }
  return symbols;
}

/** Whether more changed than the mode or the way the name is written. */
function isContent({ before, after }: FileChange): boolean {
  return before === null || after === null || before.sha256 !== after.sha256;
}

function fileChange(
  { path, what }: FileChange,
  before: PluginSide,
  after: PluginSide,
): SymbolFileChange {
  if (what !== 'changed') return { path, what, values: [], read: true };
  const [was, is] = [valuesIn(before, path), valuesIn(after, path)];
  if (was === null || is === null) return { path, what, values: [], read: false };
  return { path, what, values: valueChanges(was.value, is.value), read: true };
}

/** Null for an invalid file; validate reports what is wrong with it. */
function valuesIn({ subject }: PluginSide, path: string): { readonly value: unknown } | null {
  const json = symbolFileAt(subject, path);
  if (json) return json.fixed.ok ? shallowValue(json.fixed.root) : null;
  const yaml = yamlFileAt(subject, path);
  if (!yaml) return null;
  const { fault, groups } = readSourceYaml(yaml.bytes);
  return fault ? null : { value: groups };
}

/** Null when the value is nested too deeply to be compared. */
function shallowValue(root: JsonNode): { readonly value: unknown } | null {
  const isDeep = depthOf(root, TEXT_LIMITS.jsonDepth) === TEXT_LIMITS.jsonDepth;
  return isDeep ? null : { value: plainValue(root) };
}
