import type { JsonFlaw } from '../../model/json/fix.ts';
import type { GoJson } from '../../model/json/node.ts';
import type { LooseManifest } from '../../model/plugin/manifest.ts';
import type { SourceText } from '../../model/source-text.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView } from '../../model/view.ts';
import type { PythonParser } from './python-parser.ts';

/** A JSON file of the plugin, decoded once as Go does. */
export interface JsonFile {
  readonly path: string;
  readonly source: SourceText;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
  /** Go's error, which is eKuiper's too. */
  readonly json: GoJson;
  /**
   * The tree without byte order mark, comments and trailing commas: rules check it, so that one run reports everything.
   */
  readonly fixed: GoJson;
  readonly flaws: readonly JsonFlaw[];
}

/** A JSON file in `sources/`, `sinks/` or `functions/`, declared in the manifest or not. */
export interface SymbolFile extends JsonFile {
  /** The kind from the folder, the name from the file: a function file may describe other functions. */
  readonly symbol: PluginSymbol;
}

/** A text file such as a source's YAML, a script or a main program. */
export interface TextFile {
  readonly path: string;
  readonly source: SourceText;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
}

/** Everything that rules check, parsed once; rules never parse a file themselves. */
export interface Subject {
  readonly view: PluginView;
  readonly target: Target;
  /** The plugin's name: the base name of the manifest; null when no file can be the manifest. */
  readonly name: string | null;
  readonly manifest: JsonFile | null;
  /** The manifest, decoded leniently (values of a wrong type become empty); null when it is not a JSON object. */
  readonly decoded: LooseManifest | null;
  /** The symbols that the manifest declares, each once, without empty names. */
  readonly symbols: readonly PluginSymbol[];
  readonly symbolFiles: readonly SymbolFile[];
  /** `sources/*.yaml`, in the order of the view. */
  readonly yamlFiles: readonly TextFile[];
  /** The Python of this machine; null when sources are not given to it. */
  readonly parsePython: PythonParser | null;
  /** Reads another text file of the package or project once and caches it; null when it does not exist. */
  text(path: string): Promise<TextFile | null>;
}
