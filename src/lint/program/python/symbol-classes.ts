import type { SymbolKind } from '../../../model/symbol.ts';
import type { TextFile } from '../../subject/subject.ts';
import { splitAt, type Token, tokensOf } from '../tokens/token.ts';
import { allBlocks, type PythonBlock, pythonBlocks } from './blocks.ts';
import { sdkImports } from './sdk-names.ts';

/** A class of the program that is a source, sink or function of the SDK. */
export interface SymbolClass {
  readonly kind: SymbolKind;
  readonly file: TextFile;
  readonly block: PythonBlock;
  /** Its only base is the SDK's class. */
  readonly isDirect: boolean;
}

interface Found {
  readonly file: TextFile;
  readonly block: PythonBlock;
  /** The last segment of each base, as the SDK names it; null for one that is not a plain name. */
  readonly bases: readonly (string | null)[];
}

const KINDS: ReadonlyMap<string, SymbolKind> = new Map([
  ['ekuiper.Source', 'source'],
  ['ekuiper.Sink', 'sink'],
  ['ekuiper.Function', 'function'],
]);

/**
 * The classes in these files that are built on `Source`, `Sink` or `Function` of the SDK. Left out are those that may
 * behave in another way than their source shows: decorated ones, and those that other classes are built on.
 */
export function symbolClasses(files: readonly TextFile[]): readonly SymbolClass[] {
  const found = files.flatMap(classesIn);
  const kinds = kindsOf(found);
  const bases = new Set(found.flatMap((one) => one.bases));
  return found.flatMap(({ file, block, bases: own }) => {
    const kind = kinds.get(block.name.text);
    if (!kind || block.isDecorated || bases.has(block.name.text)) return [];
    const isDirect = own.length === 1 && KINDS.has(own[0] ?? '');
    return [{ kind, file, block, isDirect }];
  });
}

/** The methods of a class with this name; several when it is defined more than once. */
export function methodsOf({ block }: SymbolClass, name: string): readonly PythonBlock[] {
  return block.inner.filter((one) => one.kind === 'def' && one.name.text === name);
}

function classesIn(file: TextFile): Found[] {
  const { text } = file.source;
  const tokens = tokensOf('python', text);
  const sdk = new Map(sdkImports(tokens).map(({ name, local }) => [local, `ekuiper.${name}`]));
  const classes = allBlocks(pythonBlocks(tokens, text)).filter(({ kind }) => kind === 'class');
  return classes.map((block) => ({
    file,
    block,
    bases: splitAt(block.header.slice(1, -1), ',').map((base) => baseName(base, sdk)),
  }));
}

function baseName(base: readonly Token[], sdk: ReadonlyMap<string, string>): string | null {
  const words = base.map(({ text }) => text).join('');
  if (/^ekuiper\.(?:\w+\.)*(?:Source|Sink|Function)$/.test(words)) {
    return `ekuiper.${words.slice(words.lastIndexOf('.') + 1)}`;
  }
  if (!/^[\w.]+$/.test(words)) return null;
  return sdk.get(words) ?? words.slice(words.lastIndexOf('.') + 1);
}

/** Classes built on others are few; a hostile file could have a chain of thousands. */
const MOST_ROUNDS = 8;

/** By class name. A class with two kinds or of a name that two classes have gets none. */
function kindsOf(found: readonly Found[]): ReadonlyMap<string, SymbolKind> {
  const counts = new Map<string, number>();
  for (const { block } of found) {
    counts.set(block.name.text, (counts.get(block.name.text) ?? 0) + 1);
  }
  const kinds = new Map(KINDS);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const { block, bases } of found) {
      const name = block.name.text;
      const [kind, other] = new Set(bases.flatMap((base) => kinds.get(base ?? '') ?? []));
      if (kind && !other && counts.get(name) === 1) kinds.set(name, kind);
    }
  }
  return kinds;
}
