import { pythonConstant } from '../tokens/python-statements.ts';
import { is, placesOf, type Token } from '../tokens/token.ts';
import {
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

const SAME: ReadonlySet<string> = new Set(['abspath', 'realpath', 'normpath', 'str', 'fspath']);
const JOINS: ReadonlySet<string> = new Set(['Path', 'PurePath', 'PosixPath', 'join']);
const METHODS: ReadonlySet<string> = new Set(['resolve', 'absolute', 'as_posix']);

/**
 * Evaluates path expressions in the tokens of a Python file: literals, f-strings, `%` and `format`, `os.path.join`,
 * `Path(…) / "x"`, `__file__`, and names that are assigned such a value once. Bounded per expression; `used` collects
 * the places of all strings and names that were evaluated.
 */
export class PythonPaths implements PathReader {
  readonly used = new Set<number>();
  /** Names whose value is a path with a literal part, by that path. */
  readonly names = new Map<string, string>();
  readonly #tokens: readonly Token[];
  readonly #file: string;
  readonly #constants = new Map<string, string | null>();
  readonly #parameters: ReadonlySet<string>;

  constructor(tokens: readonly Token[], file: string) {
    this.#tokens = tokens;
    this.#file = file;
    this.#parameters = parametersOf(tokens);
  }

  /** Evaluates the path expression at a token; null when its value is known only at run time. */
  at(index: number, depth = 0): PathValue | null {
    return this.#expression(this.#tokens, index, depth);
  }

  #expression(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    if (depth > MOST_DEPTH) return null;
    let left = this.#term(tokens, index, depth);
    for (let parts = 0; left && parts < MOST_PARTS; parts += 1) {
      const mark = tokens[left.next];
      const isSlash = is(mark, '/');
      if (!isSlash && !is(mark, '+')) return left;
      const right = this.#term(tokens, left.next + 1, depth);
      if (!right) return null;
      // A path that is relative to the root cannot be a part of a string.
      if (!isSlash && right.path.startsWith(ROOT) && left.path !== '') return null;
      const path = isSlash ? joinedPath(left.path, right.path) : left.path + right.path;
      left = { path, next: right.next };
    }
    return null;
  }

  #term(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    let value = this.#primary(tokens, index, depth);
    for (let parts = 0; value && is(tokens[value.next], '.') && parts < MOST_PARTS; parts += 1) {
      const after: PathValue | 'other' | null = this.#member(tokens, value, depth);
      if (after === 'other') return value;
      value = after;
    }
    return value;
  }

  /** `.parent`, `.resolve()`, `.joinpath(…)` */
  #member(
    tokens: readonly Token[],
    { path, next }: PathValue,
    depth: number,
  ): PathValue | 'other' | null {
    const name = tokens[next + 1]?.text ?? '';
    if (name === 'parent') return { path: folderOf(path), next: next + 2 };
    if (name === 'parents') return ancestor(tokens, path, next + 2);
    if (!is(tokens[next + 2], '(')) return 'other';
    if (name === 'with_name') return this.#call(tokens, next + 3, depth, folderOf(path));
    if (METHODS.has(name)) return is(tokens[next + 3], ')') ? { path, next: next + 4 } : null;
    return name === 'joinpath' ? this.#call(tokens, next + 3, depth, path) : 'other';
  }

  #primary(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    const token = tokens[index];
    if (token?.type === 'string') {
      const literal = this.#literal(tokens, index, depth);
      return literal && this.#formatted(tokens, literal, depth);
    }
    if (is(token, '(')) {
      const inside = this.#expression(tokens, index + 1, depth + 1);
      return inside && is(tokens[inside.next], ')') ? { ...inside, next: inside.next + 1 } : null;
    }
    if (token?.type !== 'name') return null;
    if (token.text === '__file__') return { path: `${ROOT}/${this.#file}`, next: index + 1 };
    return this.#function(tokens, index, depth) ?? this.#variable(token, index, depth);
  }

  #literal(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    let path = '';
    let next = index;
    for (let token = tokens[next]; token?.type === 'string'; token = tokens[next]) {
      const value = token.value ?? this.#filled(token, depth);
      if (value === null || token.value?.startsWith(ROOT)) return null;
      if (next - index > MOST_PARTS) return null;
      this.used.add(token.start);
      path += value;
      next += 1;
    }
    return { path, next };
  }

  #filled(token: Token, depth: number): string | null {
    return filledPath(token, 'python', (tokens) => this.#expression(tokens, 0, depth + 1));
  }

  /** `"%s/x" % HERE`, `"{}/x".format(HERE)` */
  #formatted(tokens: readonly Token[], literal: PathValue, depth: number): PathValue | null {
    const { path, next } = literal;
    const isFormat = is(tokens[next], '.') && is(tokens[next + 1], 'format');
    if (!isFormat && !is(tokens[next], '%')) return literal;
    const open = isFormat ? next + 2 : next + 1;
    // One of the two, never both: nested expressions would be evaluated twice on each level.
    const isList = is(tokens[open], '(');
    const values = isList ? this.#values(tokens, open + 1, depth) : null;
    const one = isFormat || isList ? null : this.#term(tokens, open, depth + 1);
    const given = values?.paths ?? (one ? [one.path] : null);
    const filled = given && (isFormat ? braceFilled(path, given) : percentFilled(path, given));
    const end = values?.next ?? one?.next;
    return filled === null || end === undefined ? null : { path: filled, next: end };
  }

  #values(tokens: readonly Token[], from: number, depth: number): PathList | null {
    return pathList(tokens, from, (index) => this.#expression(tokens, index, depth + 1));
  }

  /** `os.path.join(…)`, `dirname(…)`, `Path(…)` */
  #function(tokens: readonly Token[], index: number, depth: number): PathValue | null {
    let at = index;
    while (at < index + 4 && is(tokens[at + 1], '.') && tokens[at + 2]?.type === 'name') at += 2;
    const name = tokens[at]?.text ?? '';
    if (!is(tokens[at + 1], '(')) return null;
    if (name === 'getcwd' || name === 'cwd') {
      return is(tokens[at + 2], ')') ? { path: '.', next: at + 3 } : null;
    }
    const first = tokens[index]?.text ?? '';
    if (at > index && !/^(?:os|path|pathlib|posixpath)$/.test(first)) return null;
    if (!SAME.has(name) && !JOINS.has(name) && name !== 'dirname') return null;
    const value = this.#call(tokens, at + 2, depth, null);
    if (value === null || name !== 'dirname') return value;
    return { ...value, path: folderOf(value.path) };
  }

  /** The arguments up to the closing bracket, joined. */
  #call(
    tokens: readonly Token[],
    from: number,
    depth: number,
    before: string | null,
  ): PathValue | null {
    const values = this.#values(tokens, from, depth);
    if (values === null) return null;
    const parts = before === null ? values.paths : [before, ...values.paths];
    return { path: parts.reduce(joinedPath), next: values.next };
  }

  #variable(token: Token, index: number, depth: number): PathValue | null {
    const path = this.#constant(token.text, depth);
    if (path === null) return null;
    this.used.add(token.start);
    return { path, next: index + 1 };
  }

  #constant(name: string, depth: number): string | null {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    // A name that is defined by itself ends the recursion here.
    this.#constants.set(name, null);
    const value = this.#parameters.has(name) ? null : pythonConstant(this.#tokens, name, 'text');
    const read = value && this.#expression(value, 0, depth + 1);
    const path = read && read.next === value.length ? read.path : null;
    this.#constants.set(name, path);
    if (path !== null) this.#remember(name, path);
    return path;
  }

  /** The definition of a name is not a use of it; a folder built from `__file__` alone is shared by all paths. */
  #remember(name: string, path: string): void {
    const definition = placesOf(this.#tokens, name).find(
      (place) => is(this.#tokens[place + 1], '=') || is(this.#tokens[place + 1], ':'),
    );
    const start = definition === undefined ? undefined : this.#tokens[definition]?.start;
    if (start !== undefined) this.used.add(start);
    if (!`${ROOT}/${this.#file}`.startsWith(path) && path !== '.') this.names.set(name, path);
  }
}

/** `.parents[1]` */
function ancestor(tokens: readonly Token[], path: string, open: number): PathValue | null {
  const level = Number(tokens[open + 1]?.text);
  if (!is(tokens[open], '[') || !is(tokens[open + 2], ']') || !(level < MOST_DEPTH)) return null;
  let above = path;
  for (let step = 0; step <= level; step += 1) above = folderOf(above);
  return { path: above, next: open + 3 };
}

/** Parameter names of every `def`, whose values differ per call. One pass. */
function parametersOf(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  tokens.forEach((token, at) => {
    const isHead = is(tokens[at - 2], 'def') && is(token, '(');
    if (depth === 0) depth = isHead ? 1 : 0;
    else if (is(token, '(')) depth += 1;
    else if (is(token, ')')) depth -= 1;
    else if (token.type === 'name') names.add(token.text);
  });
  return names;
}

/** `"%s/x" % (value)`: null when it has other fields than `%s`, or when the number of values differs. */
function percentFilled(template: string, values: readonly string[]): string | null {
  const pieces = template.split('%s');
  if (pieces.length !== values.length + 1 || pieces.some((piece) => piece.includes('%')))
    return null;
  return pieces.map((piece, at) => piece + (values[at] ?? '')).join('');
}

/** `"{}/x".format(value)` and `"{0}/x"`; null for named fields and format specifications. */
function braceFilled(template: string, values: readonly string[]): string | null {
  let next = 0;
  let isKnown = true;
  const filled = template.replace(/\{(\d{0,2})\}/g, (_, number: string) => {
    const value = values[number === '' ? next : Number(number)];
    next += 1;
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && next > 0 && !/[{}]/.test(filled) ? filled : null;
}
