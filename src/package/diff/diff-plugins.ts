import type { DirectoryView } from '../directory-view.ts';
import type { ZipView } from '../zip-view.ts';
import { compareFiles, type FileChange } from './file-changes.ts';
import { type FactChange, factChanges } from './plugin-facts.ts';
import { readSide } from './plugin-side.ts';
import type { FileProblem } from './side-reader.ts';
import { type SideSummary, summaryOf, unreadIn } from './side-summary.ts';
import { type SymbolChange, symbolFileChanges } from './symbol-files.ts';
import { changesOfSymbols, type SymbolChanges } from './symbols.ts';
import { TextPatches } from './text-patch.ts';

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
