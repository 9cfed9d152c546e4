import { compareText } from '../../model/finding.ts';
import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import type { DirectoryView } from '../directory-view.ts';
import type { ZipView } from '../zip-view.ts';
import { type PluginSide, readSide } from './plugin-side.ts';
import { type FileProblem, SideReader } from './side-reader.ts';
import { type SideSummary, summaryOf } from './side-summary.ts';

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
