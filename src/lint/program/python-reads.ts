import { posix } from 'node:path';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import type { TextFile } from '../subject/subject.ts';
import { MAKES_FILES, MAKES_FOLDERS, type OpenedFile } from './paths/path-value.ts';
import { PythonPaths } from './paths/python-paths.ts';
import { guardedInPython, isGuarded } from './tokens/python-statements.ts';
import {
  insideBrackets,
  is,
  placesOf,
  splitAt,
  type Token,
  textParts,
  tokensOf,
} from './tokens/token.ts';

/** Methods of a path: `p.read_text()`. */
const READING_METHODS: ReadonlySet<string> = new Set(['read_text', 'read_bytes', 'open']);
/** Library functions that read the file of their first argument. */
const READERS: ReadonlyMap<string, RegExp> = new Map([
  ['load', /^(?:np|numpy|joblib|torch|onnx)$/],
  ['loadtxt', /^(?:np|numpy)$/],
  ['genfromtxt', /^(?:np|numpy)$/],
  ['read_csv', /^(?:pd|pandas)$/],
  ['read_json', /^(?:pd|pandas)$/],
  ['imread', /^cv2$/],
  ['InferenceSession', /^(?:ort|rt|onnxruntime)$/],
  ...['', 'FromONNX', 'FromCaffe', 'FromDarknet', 'FromTensorflow', 'FromTFLite'].map(
    (kind): [string, RegExp] => [`readNet${kind}`, /^dnn$/],
  ),
]);
/** A program that uses one of these names expects that a file may be missing. */
const EXPECTS_FAILURE = /^(?:FileNotFoundError|OSError|IOError|EnvironmentError)$/;
const READ_MODE = /^[rbtU+]*$/;

/**
 * The files that a Python program opens for reading: `open`, `Path(…).read_text()` and a few library functions. Skips
 * files that the program may create, checks for existence, or expects to be missing. Linear.
 */
export function pythonReads({ path, source }: TextFile): OpenedFile[] {
  const tokens = tokensOf('python', source.text);
  const names = new Set<string>();
  for (const { type, text } of tokens) if (type === 'name') names.add(text);
  if ([...names].some((name) => MAKES_FILES.test(name) || EXPECTS_FAILURE.test(name))) return [];
  const ranges = guardedInPython(tokens, source.text);
  const paths = new PythonPaths(tokens, path);
  const modules = modulesIn(tokens);
  const found = tokens.flatMap((token, at): OpenedFile[] => {
    const read = token.type === 'name' ? readAt(tokens, at, { paths, modules }) : null;
    if (read === null || isTooLongPath(read) || isGuarded(ranges, token.start)) return [];
    return [{ path: read, at: { start: token.start, end: token.end } }];
  });
  const makesFolders = [...names].some((name) => MAKES_FOLDERS.test(name));
  const others = otherPlaces(tokens, paths, makesFolders);
  return found.filter((file) => !others(file.path));
}

/** Maximum number of tokens of a call of `open`. */
const LONGEST_CALL = 80;

/** The module behind a name: `onnxruntime` of `import onnxruntime as o` and of `from onnxruntime import InferenceSession`. */
function modulesIn(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [at, token] of tokens.entries()) {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (before?.type !== 'name' || after?.type !== 'name') continue;
    const isFrom = is(token, 'import') && is(tokens[at - 2], 'from');
    if (is(token, 'as') || isFrom) modules.set(after.text, before.text);
  }
  return modules;
}

interface Known {
  readonly paths: PythonPaths;
  readonly modules: ReadonlyMap<string, string>;
}

/** The path of a call that only reads. */
function readAt(tokens: readonly Token[], at: number, { paths, modules }: Known): string | null {
  if (!is(tokens[at + 1], '(')) return null;
  const name = tokens[at]?.text ?? '';
  const isMember = is(tokens[at - 1], '.');
  const owner = isMember ? tokens[at - 2] : undefined;
  const isOpen = name === 'open' && (!isMember || is(owner, 'io') || is(owner, 'codecs'));
  if (isOpen) {
    const reads = !is(tokens[at - 1], 'def') && isReadMode(tokens, at + 1, 1);
    return reads ? argumentAt(tokens, at, paths) : null;
  }
  const module = isMember ? (modules.get(owner?.text ?? '') ?? owner?.text) : modules.get(name);
  if (READERS.get(name)?.test(module ?? '')) return argumentAt(tokens, at, paths);
  if (!isMember || !READING_METHODS.has(name)) return null;
  if (name === 'open' && !isReadMode(tokens, at + 1, 0)) return null;
  const start = startOf(tokens, at - 2);
  const value = start === null ? null : paths.at(start);
  return value && value.next === at - 1 ? value.path : null;
}

function argumentAt(tokens: readonly Token[], at: number, paths: PythonPaths): string | null {
  const value = paths.at(at + 2);
  const after = value && tokens[value.next];
  return value && after && (is(after, ')') || is(after, ',')) ? value.path : null;
}

/** Whether a call opens for reading: its mode (the argument at `place`, or `mode=`) is a read mode or missing. */
function isReadMode(tokens: readonly Token[], open: number, place: number): boolean {
  const inside = insideBrackets(tokens.slice(open, open + LONGEST_CALL), 0);
  if (inside === null) return false;
  const parts = splitAt(inside, ',');
  const named = parts.find(([name, mark]) => is(name, 'mode') && is(mark, '='))?.slice(2);
  const placed = is(parts[place]?.[1], '=') ? undefined : parts[place];
  const mode = named ?? placed;
  if (mode === undefined) return true;
  return mode.length === 1 && READ_MODE.test(mode[0]?.value ?? 'w');
}

/** The start of the expression whose last token is at `end`; bounded. */
function startOf(tokens: readonly Token[], end: number): number | null {
  let at = end;
  for (let steps = 0; steps < LONGEST_CALL; steps += 1) {
    const token = tokens[at];
    if (is(token, ')')) {
      const open = openingOf(tokens, at);
      if (open === null) return null;
      at = tokens[open - 1]?.type === 'name' && !isKeyword(tokens[open - 1]) ? open - 1 : open;
    } else if (is(token, ']') && is(tokens[at - 2], '[')) {
      at -= 3;
      continue;
    } else if (token?.type !== 'name') return null;
    if (!is(tokens[at - 1], '.')) return at;
    at -= 2;
  }
  return null;
}

function isKeyword(token: Token | undefined): boolean {
  return /^(?:in|return|and|or|not|if|else|yield|await|with|is|assert)$/.test(token?.text ?? '');
}

function openingOf(tokens: readonly Token[], close: number): number | null {
  let depth = 0;
  for (let at = close; at >= 0 && at > close - LONGEST_CALL; at -= 1) {
    if (is(tokens[at], ')')) depth += 1;
    if (is(tokens[at], '(')) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/** Whether a path has a use other than reading: the program may then create the file, or check whether it exists. */
function otherPlaces(
  tokens: readonly Token[],
  paths: PythonPaths,
  makesFolders: boolean,
): (path: string) => boolean {
  const texts = new Set<string>();
  for (const token of tokens) {
    if (token.type !== 'string' || paths.used.has(token.start)) continue;
    // The end of an f-string that was not evaluated may be the name of a file that the program creates.
    const plain = token.value ?? textParts(token)?.at(-1)?.text;
    if (plain !== undefined && !isTooLongPath(plain)) texts.add(cleanPath(plain));
  }
  const bases = new Set(Array.from(texts, (text) => posix.basename(text)));
  const elsewhere = [...paths.names].flatMap(([name, path]) => {
    const places = placesOf(tokens, name).map((place) => tokens[place]?.start ?? -1);
    return places.every((start) => paths.used.has(start)) ? [] : [path];
  });
  const shared = new Set(elsewhere);
  return (path) => {
    if (bases.has(posix.basename(path))) return true;
    const parts = path.split('/');
    return parts.some((part, at) => {
      const upTo = parts.slice(0, at + 1).join('/');
      return shared.has(upTo) || (makesFolders && (texts.has(part) || texts.has(upTo)));
    });
  };
}
