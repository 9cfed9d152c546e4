import type { JsonFlaw } from '../../model/json/fix.ts';
import type { GoJson } from '../../model/json/node.ts';
import type { LooseManifest } from '../../model/plugin/manifest.ts';
import type { SourceText } from '../../model/source-text.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView } from '../../model/view.ts';

/** A JSON file of the plugin, read once as Go reads it. */
export interface JsonFile {
  readonly path: string;
  readonly source: SourceText;
  /** As they are in the file. */
  readonly bytes: Uint8Array;
  /** Go's verdict, which is eKuiper's. */
  readonly json: GoJson;
  /** Without byte-order mark, comments and trailing commas: what rules look at, so that all is said in one pass. */
  readonly fixed: GoJson;
  readonly flaws: readonly JsonFlaw[];
}

/** A `sources/`, `sinks/` or `functions/` JSON file, declared in the manifest or not. */
export interface SymbolFile extends JsonFile {
  /** The kind by the folder, the name by the file: for functions the file may describe others. */
  readonly symbol: PluginSymbol;
}

/** A text file such as a source's YAML, a script or a main program. */
export interface TextFile {
  readonly path: string;
  readonly source: SourceText;
  /** As they are in the file. */
  readonly bytes: Uint8Array;
}

/** Everything the rules look at, parsed once at the door; rules themselves never parse a file again. */
export interface Subject {
  readonly view: PluginView;
  readonly target: Target;
  /** The plugin's name: the base name of the manifest; null when no file can be the manifest. */
  readonly name: string | null;
  readonly manifest: JsonFile | null;
  /** The manifest decoded as leniently as possible (wrong types become empty); null when it is no JSON object even so. */
  readonly decoded: LooseManifest | null;
  /** What the manifest declares, each symbol once; those with an empty name are left out. */
  readonly symbols: readonly PluginSymbol[];
  readonly symbolFiles: readonly SymbolFile[];
  /** `sources/*.yaml`, by the order of the view. */
  readonly yamlFiles: readonly TextFile[];
  /** Reads any other text file of the package or project once and remembers it; null when there is none. */
  text(path: string): Promise<TextFile | null>;
}
