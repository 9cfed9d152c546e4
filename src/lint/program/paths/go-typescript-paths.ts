import { is, placesOf, type Token } from '../tokens/token.ts';
import {
  appendedPath,
  filledPath,
  folderOf,
  joinedPath,
  MOST_DEPTH,
  MOST_PARTS,
  type PathList,
  type PathReader,
  type PathValue,
  pathList,
  ROOT,
} from './path-value.ts';

/** Functions that join paths, that return the folder of a path, and that return the path itself. */
const JOINS = /^(?:(?:filepath|path|posix)\.)?(?:Join|join|resolve)$/;
const FOLDERS = /^(?:(?:filepath|path|posix)\.)?(?:Dir|dirname)$/;
const SAME =
  /^(?:(?:filepath|path|posix|url)\.)?(?:Abs|Clean|EvalSymlinks|FromSlash|ToSlash|normalize|fileURLToPath|String)$/;
const PROGRAM_FILE = /^(?:__filename|import\.meta\.(?:url|filename))$/;
const PROGRAM_FOLDER = /^(?:__dirname|import\.meta\.dirname)$/;
const CURRENT = /^(?:process\.cwd|os\.Getwd)$/;
const ARGUMENTS = /^(?:os\.Args\[0\]|process\.argv\[1\])$/;

/**
 * Evaluates path expressions in the tokens of a Go or TypeScript file: literals, templates, `filepath.Join`,
 * `path.join`, `new URL`, the program's own path, and names that are assigned such a value once. Bounded per
 * expression; `used` collects the places of all strings and names that were evaluated. A built program is in the folder
 * of the executable.
 */
export class GoTypeScriptPaths implements PathReader {
  readonly used = new Set<number>();
  /** Names whose value is a path with a literal part, by that path. */
  readonly names = new Map<string, string>();
  readonly #tokens: readonly Token[];
  readonly #source: string;
  readonly #program: string;
  readonly #constants = new Map<string, string | null>();

  constructor(tokens: readonly Token[], source: string, executable: string) {
    this.#tokens = tokens;
    this.#source = source;
    this.#program = `${ROOT}/${executable}`;
  }

  at(index: number): PathValue | null {
    return this.#expression(this.#tokens, index, 0);
  }

  #expression(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    if (depth > MOST_DEPTH) return null;
    let left = this.#term(tokens, index, depth);
    for (let parts = 0; left && parts < MOST_PARTS; parts += 1) {
      if (!is(tokens[left.next], '+')) return left;
      const right = this.#term(tokens, left.next + 1, depth);
      if (!right || (right.path.startsWith(ROOT) && left.path !== '')) return null;
      left = { path: left.path + right.path, next: right.next };
    }
    return null;
  }

  #term(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    const token = tokens[index];
    if (token?.type === 'string') {
      const path = token.value ?? this.#template(token, depth);
      if (path === null || token.value?.startsWith(ROOT)) return null;
      this.used.add(token.start);
      return { path, next: index + 1 };
    }
    if (token?.type !== 'name') return null;
    if (is(token, 'new')) return this.#url(tokens, index, depth);
    const { name, next } = chainAt(tokens, index);
    if (PROGRAM_FILE.test(name) || ARGUMENTS.test(name)) return { path: this.#program, next };
    if (PROGRAM_FOLDER.test(name)) return { path: folderOf(this.#program), next };
    if (is(tokens[next], '(')) return this.#call(tokens, { name, next }, depth);
    if (next !== index + 1) return null;
    const path = this.#constant(token.text, depth);
    if (path === null) return null;
    this.used.add(token.start);
    return { path, next };
  }

  #call(
    tokens: readonly Token[],
    { name, next }: { readonly name: string; readonly next: number },
    depth: number,
  ): PathValue | null {
    const isEmpty = is(tokens[next + 1], ')');
    if (isEmpty && name === 'os.Executable') return { path: this.#program, next: next + 2 };
    if (isEmpty && CURRENT.test(name)) return { path: '.', next: next + 2 };
    const isFolder = FOLDERS.test(name);
    if (!isFolder && !JOINS.test(name) && !SAME.test(name)) return null;
    const args = this.#arguments(tokens, next + 1, depth);
    if (args === null) return null;
    const join = name.endsWith('resolve') ? joinedPath : appendedPath;
    const path = args.paths.reduce((left, right) => join(left, right));
    return { path: isFolder ? folderOf(path) : path, next: args.next };
  }

  /** `new URL('x', import.meta.url)` and its `.pathname`. */
  #url(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    if (!is(tokens[index + 1], 'URL') || !is(tokens[index + 2], '(')) return null;
    const args = this.#arguments(tokens, index + 3, depth);
    const [to, from] = args?.paths ?? [];
    if (!args || to === undefined || from === undefined) return null;
    const path = joinedPath(folderOf(from), to);
    const isPath = is(tokens[args.next], '.') && is(tokens[args.next + 1], 'pathname');
    return { path, next: args.next + (isPath ? 2 : 0) };
  }

  #arguments(tokens: readonly Token[], from: number, depth: number): PathList | null {
    return pathList(tokens, from, (index) => this.#expression(tokens, index, depth + 1));
  }

  /** `${__dirname}/x` */
  #template(token: Token, depth: number): string | null {
    if (!token.text.startsWith('`')) return null;
    return filledPath(token, 'typescript', (tokens) => this.#expression(tokens, 0, depth + 1));
  }

  #constant(name: string, depth: number): string | null {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    // A name that is defined by itself ends the recursion here.
    this.#constants.set(name, null);
    const value = this.#assigned(name);
    const read = value === null ? null : this.#expression(this.#tokens, value, depth + 1);
    const path = read && this.#endsAt(read.next) ? read.path : null;
    this.#constants.set(name, path);
    if (path !== null && !this.#program.startsWith(path) && path !== '.')
      this.names.set(name, path);
    return path;
  }

  /** The start of the value of a name that is assigned once and is not a parameter. */
  #assigned(name: string): number | null {
    const tokens = this.#tokens;
    const places = placesOf(tokens, name).filter((place) => !is(tokens[place - 1], '.'));
    const given = places.filter((place) => assignmentAt(tokens, place) !== null);
    const isParameter = places.some((place) => {
      const after = tokens[place + 1];
      return is(after, ':') || (after?.type === 'name' && !this.#isNewLine(place));
    });
    const [place] = given;
    if (place === undefined || given.length > 1 || isParameter) return null;
    // The default of a parameter, the second of two names.
    const before = tokens[place - 1];
    const isShort = !is(tokens[place + 1], '=');
    if (is(before, ',') || (!isShort && (is(before, '(') || is(before, '{')))) return null;
    this.used.add(tokens[place]?.start ?? -1);
    const mark = assignmentAt(tokens, place);
    return mark === null ? null : mark + 1;
  }

  #isNewLine(place: number): boolean {
    const [token, after] = [this.#tokens[place], this.#tokens[place + 1]];
    return after === undefined || this.#source.slice(token?.end, after.start).includes('\n');
  }

  #endsAt(index: number): boolean {
    const token = this.#tokens[index];
    if (token === undefined || /^[;),}]$/.test(token.text)) return true;
    return this.#isNewLine(index - 1) && token.type !== 'mark';
  }
}

/** `path.join`, `import.meta.url`, `os.Args[0]` */
function chainAt(tokens: readonly Token[], index: number): { name: string; next: number } {
  let name = tokens[index]?.text ?? '';
  let next = index + 1;
  while (next < index + 6 && is(tokens[next], '.') && tokens[next + 1]?.type === 'name') {
    name += `.${tokens[next + 1]?.text}`;
    next += 2;
  }
  if (!is(tokens[next], '[') || !is(tokens[next + 2], ']')) return { name, next };
  return { name: `${name}[${tokens[next + 1]?.text}]`, next: next + 3 };
}

/** The `=` or `:=` of an assignment, also in `name, err :=`; null when there is none. */
function assignmentAt(tokens: readonly Token[], place: number): number | null {
  const isOne = (at: number): boolean => is(tokens[at], '=') || is(tokens[at], ':=');
  if (isOne(place + 1)) return place + 1;
  const isPair = is(tokens[place + 1], ',') && tokens[place + 2]?.type === 'name';
  return isPair && is(tokens[place + 3], ':=') ? place + 3 : null;
}
