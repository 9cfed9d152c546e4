import { posix } from 'node:path';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import type { TextFile } from '../subject/subject.ts';
import { GoTypeScriptPaths } from './paths/go-typescript-paths.ts';
import { MAKES_FILES, MAKES_FOLDERS, type OpenedFile } from './paths/path-value.ts';
import { insideBrackets, is, languageOf, placesOf, type Token, tokensOf } from './tokens/token.ts';

/** Functions of a language that read the file of their first argument, and calls that show that it may be missing. */
interface Readers {
  readonly readers: RegExp;
  /** The qualifier before the function's name; null when none is needed. */
  readonly owners: RegExp | null;
  readonly asks: RegExp;
}

const GO: Readers = {
  readers: /^(?:Open|ReadFile)$/,
  owners: /^(?:os|ioutil)$/,
  asks: /^(?:IsNotExist|ErrNotExist|Stat|Lstat|Glob|Walk|WalkDir)$/,
};
const TYPESCRIPT: Readers = {
  readers: /^(?:readFile|readFileSync|createReadStream)$/,
  owners: null,
  asks: /^(?:existsSync|access|accessSync|stat|statSync|try)$/,
};

/**
 * The files that a Go or TypeScript program opens by a literal path. Skips files when the program checks whether files
 * exist, expects a failure, or uses the path elsewhere too. Linear.
 */
export function goTypeScriptReads({ path, source }: TextFile, executable: string): OpenedFile[] {
  const language = languageOf(path);
  const readers = language === 'go' ? GO : TYPESCRIPT;
  const tokens = tokensOf(language, source.text);
  const isUnsure = tokens.some(({ type, text, value }) => {
    return type === 'name' ? MAKES_FILES.test(text) || readers.asks.test(text) : value === 'ENOENT';
  });
  if (isUnsure) return [];
  const paths = new GoTypeScriptPaths(tokens, source.text, executable);
  const found = tokens.flatMap((token, at): OpenedFile[] => {
    const read = isReader(tokens, at, readers) ? argumentOf(tokens, at + 1, paths) : null;
    return read === null || isTooLongPath(read)
      ? []
      : [{ path: read, at: { start: token.start, end: token.end } }];
  });
  const others = otherTexts(tokens, paths);
  return found.filter(({ path: read }) => !others(read));
}

function isReader(tokens: readonly Token[], at: number, { readers, owners }: Readers): boolean {
  const token = tokens[at];
  if (token?.type !== 'name' || !readers.test(token.text) || !is(tokens[at + 1], '(')) return false;
  if (owners === null) return !is(tokens[at - 1], 'function');
  return is(tokens[at - 1], '.') && owners.test(tokens[at - 2]?.text ?? '');
}

const LONGEST_CALL = 80;

/** The path in a call's first argument; skipped when the failure is caught: `readFile(…).catch(…)`. */
function argumentOf(
  tokens: readonly Token[],
  open: number,
  paths: GoTypeScriptPaths,
): string | null {
  const inside = insideBrackets(tokens.slice(open, open + LONGEST_CALL), 0);
  if (!inside) return null;
  const close = open + inside.length + 1;
  if (is(tokens[close + 1], '.') && is(tokens[close + 2], 'catch')) return null;
  const value = paths.at(open + 1);
  const after = value && tokens[value.next];
  return value && after && (is(after, ')') || is(after, ',')) ? value.path : null;
}

function otherTexts(
  tokens: readonly Token[],
  { used, names }: GoTypeScriptPaths,
): (path: string) => boolean {
  const texts = tokens.flatMap(({ type, text, value, start }) => {
    if (type !== 'string' || used.has(start)) return [];
    // The end of a template that was not evaluated may be the name of a file that the program creates.
    const plain = value ?? text.slice(1, -1).replace(/^[\s\S]*\}/, '');
    return isTooLongPath(plain) ? [] : [cleanPath(plain)];
  });
  for (const [name, path] of names) {
    const places = placesOf(tokens, name);
    if (places.some((place) => !used.has(tokens[place]?.start ?? -1))) texts.push(path);
  }
  const bases = new Set(texts.map((text) => posix.basename(text)));
  const makesFolders = tokens.some(({ type, text }) => type === 'name' && MAKES_FOLDERS.test(text));
  const all = new Set(texts);
  return (path) => {
    if (bases.has(posix.basename(path))) return true;
    const parts = path.split('/');
    return makesFolders && parts.some((_, at) => all.has(parts.slice(0, at + 1).join('/')));
  };
}
