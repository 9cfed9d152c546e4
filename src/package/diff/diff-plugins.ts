import { symbolFileAt, yamlFileAt } from '../../lint/subject/subject-files.ts';
import { compareText } from '../../model/finding.ts';
import { depthOf } from '../../model/json/bounded.ts';
import { type JsonNode, plainValue } from '../../model/json/node.ts';
import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { DirectoryView } from '../directory-view.ts';
import type { ZipView } from '../zip-view.ts';
import { compareFiles, type FileChange, type FileProblem, SideReader } from './file-changes.ts';
import {
  changesOfSymbols,
  type FactChange,
  factChanges,
  type SymbolChanges,
} from './identity-changes.ts';
import { type PluginSide, readSide, type SideSummary, summaryOf, unreadIn } from './plugin-side.ts';
import { TextPatches } from './text-patch.ts';
import { type ValueChange, valueChanges } from './value-changes.ts';

/** The differences between two plugins, each a directory (as it would be packed) or a zip. */
export interface PluginDiff {
  readonly before: SideSummary;
  readonly after: SideSummary;
  readonly facts: readonly FactChange[];
  readonly symbols: SymbolChanges & { readonly changed: readonly SymbolChange[] };
  readonly files: readonly FileChange[];
  /** Files that could not be read correctly; they never count as equal. */
  readonly problems: readonly FileProblem[];
  readonly same: boolean;
}

/** Compares two plugins and reads each file once. Throws (exit code 2) when one of them cannot be read at all. */
export async function diffPlugins(
  a: DirectoryView | ZipView,
  b: DirectoryView | ZipView,
): Promise<PluginDiff> {
  const [before, after] = [await readSide(a), await readSide(b)];
  const { changes, digests, problems } = await compareFiles(before, after, new TextPatches());
  // Without a readable manifest on both sides the symbols are unknown, so none is reported as added or removed.
  const isKnown = unreadIn(before) === null && unreadIn(after) === null;
  const facts = isKnown ? factChanges(before.facts, after.facts) : [];
  const symbols = isKnown
    ? changesOfSymbols(before.subject.symbols, after.subject.symbols)
    : changesOfSymbols([], []);
  const changed = symbolFileChanges(symbols.kept, changes, before, after);
  return {
    before: summaryOf(before, digests.before),
    after: summaryOf(after, digests.after),
    facts,
    symbols: { ...symbols, changed },
    files: changes,
    problems,
    same: facts.length + changes.length + problems.length === 0,
  };
}

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
function symbolFileChanges(
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

/** A plugin read completely, to compare it with one of which only the identity is known. */
export interface PluginReading {
  readonly summary: SideSummary;
  readonly symbols: readonly PluginSymbol[];
  /** `sources/<name>.yaml` by source. */
  readonly sourceYaml: ReadonlyMap<string, Uint8Array>;
  /** The text of install.sh; null when there is no such file. */
  readonly installScript: string | null;
  readonly problems: readonly FileProblem[];
}

/** Reads each file of a plugin once. `place`: the side of the comparison. Throws as {@link readSide}. */
export async function readPlugin(
  view: DirectoryView | ZipView,
  place: FileProblem['side'],
): Promise<PluginReading> {
  const side = await readSide(view);
  const script = side.entries.has('install.sh') ? await side.subject.text('install.sh') : null;
  const reader = new SideReader(side);
  for (const path of [...side.entries.keys()].sort(compareText)) await reader.read(path);
  return {
    summary: summaryOf(side, reader.digest()),
    symbols: side.subject.symbols,
    sourceYaml: yamlOf(side),
    installScript: script?.source.text ?? null,
    problems: reader.problemsOf(place),
  };
}

function yamlOf({ subject }: PluginSide): ReadonlyMap<string, Uint8Array> {
  const files = new Map(subject.yamlFiles.map(({ path, bytes }) => [path, bytes]));
  return new Map(
    subject.symbols.flatMap((symbol) => {
      const bytes = symbol.kind === 'source' ? files.get(symbolFile(symbol, 'yaml')) : undefined;
      return bytes === undefined ? [] : [[symbol.name, bytes] as const];
    }),
  );
}
