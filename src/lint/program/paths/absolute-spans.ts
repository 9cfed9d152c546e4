import type { Span } from '../../../model/json/node.ts';
import { insideOf } from '../tokens/texts.ts';
import { depthOf, is, type Token } from '../tokens/token.ts';
import { MOST_DEPTH, MOST_PARTS, type PathReader } from './path-value.ts';

/** `/opt`, `~/x`, `C:\x`, `C:/x`, `\\server\x`; not the folders in which eKuiper has the plugins. */
const ABSOLUTE = /^(?:\/|~|[A-Za-z]:(?:[\\/]|$)|\\\\)/;
/** `$HOME/x`, `${HOME}/x`, `%APPDATA%\x`; in a template of TypeScript that is a field. */
const VARIABLE = /^(?:\$\w|\$\{\w+\}|%\w+%)/;
const PLUGINS = /^\/.*\/plugins\/portable(?:\/|$)/;
/** What a program asks the box for: a variable, a home, a folder for temporary files. */
const OF_THE_BOX =
  /^(?:(?:os\.)?(?:environ|environb|getenv)(?:\.get)?|os\.(?:Getenv|LookupEnv|ExpandEnv|UserHomeDir|UserConfigDir|UserCacheDir|TempDir|MkdirTemp)|process\.env(?:\.\w+)?|Deno\.env\.get|(?:os\.)?(?:homedir|tmpdir)|(?:os\.path\.|path\.)?(?:expanduser|expandvars)|(?:pathlib\.)?(?:Path|PosixPath)\.home|(?:tempfile\.)?(?:gettempdir|mkdtemp|TemporaryDirectory))$/;
/** Calls that give a path of their arguments. */
const JOINS = /(?:^|\.)(?:join|Join|resolve|joinpath|Path|PurePath|PosixPath)$/;
/** Those where a later argument that begins at the root stands for itself; Go's and Node's `join` put it below the first. */
const RESTARTS = /(?:^|\.)(?:resolve|joinpath|Path|PurePath|PosixPath)$/;
const SAME =
  /(?:^|\.)(?:str|String|fspath|abspath|realpath|normpath|normalize|dirname|Abs|Clean|Dir|EvalSymlinks|FromSlash|ToSlash|URL|fileURLToPath|pathToFileURL)$/;
/** So many tokens an expression has at most; of a longer one the rest is read as if nothing stood in front of it. */
const LONGEST = 200;

/**
 * The parts of a source that write out a path of the box, `os.path.join("/opt", name, "x.bin")`, `Path("/opt") / "x"`,
 * `f"{os.environ['HOME']}/x"`: no text in them is the path of a file of the plugin, though one of them may be called
 * like it. Each token is judged once. `isPython`: there a later part of `os.path.join` may begin anew.
 */
export function absoluteSpans(
  tokens: readonly Token[],
  reader: PathReader,
  isPython: boolean,
): readonly Span[] {
  return new AbsolutePaths(tokens, reader, isPython).spans();
}

class AbsolutePaths {
  readonly #tokens: readonly Token[];
  readonly #reader: PathReader;
  readonly #isPython: boolean;
  readonly #known = new Map<number, boolean>();
  /** Names that are given a path of the box, and those that are given anything else too. */
  readonly #names = new Map<string, boolean>();

  constructor(tokens: readonly Token[], reader: PathReader, isPython: boolean) {
    this.#tokens = tokens;
    this.#reader = reader;
    this.#isPython = isPython;
  }

  spans(): readonly Span[] {
    const tokens = this.#tokens;
    const found: Span[] = [];
    for (let index = 0; index < tokens.length; index += 1) {
      this.#remember(index);
      const first = tokens[index];
      if (!first || !this.#begins(index) || !this.#isAbsolute(index, 0)) continue;
      const next = expressionEnd(tokens, index);
      found.push({ start: first.start, end: tokens[next - 1]?.end ?? first.end });
      index = Math.max(index, next - 1);
    }
    return found;
  }

  /** What stands behind a plus goes on with what is in front of it; a slash of `pathlib` may begin anew. */
  #begins(index: number): boolean {
    const before = this.#tokens[index - 1];
    if (is(before, '.') || is(before, '+')) return false;
    return !is(before, '/') || this.#isPython;
  }

  #isAbsolute(index: number, depth: number): boolean {
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    // What is judged through itself is not known.
    this.#known.set(index, false);
    const isAbsolute = depth <= MOST_DEPTH && this.#judge(index, depth);
    this.#known.set(index, isAbsolute);
    return isAbsolute;
  }

  #judge(index: number, depth: number): boolean {
    const token = this.#tokens[index];
    if (token?.type === 'string') return this.#isAbsoluteText(index, token);
    if (is(token, '(')) return this.#isAbsolute(index + 1, depth + 1);
    if (token?.type !== 'name') return false;
    if (is(token, 'new')) return this.#isAbsolute(index + 1, depth + 1);
    const { name, next } = chainAt(this.#tokens, index);
    if (OF_THE_BOX.test(name) || this.#names.get(name) === true) return true;
    if (is(this.#tokens[next], '(')) return this.#isAbsoluteCall(name, next, depth);
    // `BASE.parent`, `BASE.joinpath("x")`: the value of the name in front decides.
    const owner = token.text;
    return next > index + 1 && this.#names.get(owner) === true;
  }

  #isAbsoluteText(index: number, token: Token): boolean {
    const after = this.#tokens[index + 1];
    // `"/".join(names)`, `"a/b".split("/")`: the text is no beginning.
    if (is(after, '.') && !is(this.#tokens[index + 2], 'format')) return false;
    const written = token.value ?? insideOf(token.text);
    if (PLUGINS.test(written)) return false;
    if (token.value === null && this.#beginsWithField(written)) return true;
    if (ABSOLUTE.test(written) || (token.value !== null && VARIABLE.test(written))) return true;
    const read = /^[%{$]/.test(written) ? this.#reader.at(index) : null;
    return read !== null && ABSOLUTE.test(read.path) && !PLUGINS.test(read.path);
  }

  /** `f"{BASE}/x"`, `${process.env.HOME}/x` */
  #beginsWithField(written: string): boolean {
    const field = /^\$?\{([^{}]{1,100})\}/.exec(written)?.[1]?.trim();
    if (field === undefined) return false;
    const name = /^[\w.]+/.exec(field)?.[0] ?? '';
    return OF_THE_BOX.test(name) || this.#names.get(name) === true;
  }

  #isAbsoluteCall(name: string, open: number, depth: number): boolean {
    const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    if (owner !== '' && this.#names.get(owner) === true) return true;
    const isJoin = JOINS.test(name);
    if (!isJoin && !SAME.test(name)) return false;
    const starts = argumentStarts(this.#tokens, open);
    const isRestarted = isJoin && (this.#isPython || RESTARTS.test(name));
    const deciding = isRestarted ? starts : starts.slice(0, 1);
    return deciding.some((start) => this.#isAbsolute(start, depth + 1));
  }

  /** `BASE = "/opt"`, `home, err := os.UserHomeDir()`, `self.base = …` */
  #remember(index: number): void {
    const tokens = this.#tokens;
    if (tokens[index]?.type !== 'name' || is(tokens[index - 1], '.')) return;
    const { name, next } = chainAt(tokens, index);
    const value = assignedAt(tokens, next);
    if (value === null || is(tokens[index - 1], ',')) return;
    const isAbsolute = this.#names.get(name) !== false && this.#isAbsolute(value, 0);
    this.#names.set(name, isAbsolute);
  }
}

/** Where the value begins that `=`, `:=` or `: str =` gives to a name in front of `next`; null where none does. */
function assignedAt(tokens: readonly Token[], next: number): number | null {
  const isMark = (at: number): boolean => is(tokens[at], '=') || is(tokens[at], ':=');
  if (isMark(next)) return next + 1;
  const isPair = is(tokens[next], ',') && tokens[next + 1]?.type === 'name';
  if (isPair && isMark(next + 2)) return next + 3;
  const isTyped = is(tokens[next], ':') && tokens[next + 1]?.type === 'name';
  return isTyped && isMark(next + 2) ? next + 3 : null;
}

/** `os.path.join` with the index behind it. */
function chainAt(tokens: readonly Token[], index: number): { name: string; next: number } {
  let name = tokens[index]?.text ?? '';
  let next = index + 1;
  while (next < index + 8 && is(tokens[next], '.') && tokens[next + 1]?.type === 'name') {
    name += `.${tokens[next + 1]?.text}`;
    next += 2;
  }
  return { name, next };
}

/** Where the arguments of a call begin. */
function argumentStarts(tokens: readonly Token[], open: number): number[] {
  const starts = [open + 1];
  let depth = 0;
  for (let at = open; at < open + LONGEST && starts.length < MOST_PARTS; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    depth += depthOf(token);
    if (depth === 0) break;
    if (depth === 1 && is(token, ',')) starts.push(at + 1);
  }
  return starts;
}

/** The index behind an expression of parts that `/`, `+` and `%` put together; bounded. */
function expressionEnd(tokens: readonly Token[], from: number): number {
  let at = operandEnd(tokens, from);
  while (
    at < from + LONGEST &&
    /^[/+%]$/.test(tokens[at]?.text ?? '') &&
    tokens[at]?.type === 'mark'
  ) {
    at = operandEnd(tokens, at + 1);
  }
  return at;
}

/** The index behind texts, a number, or a name with what is called and asked of it. */
function operandEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  if (is(tokens[at], 'new')) at += 1;
  if (is(tokens[at], '(')) at = closing(tokens, at);
  else if (tokens[at]?.type === 'string') while (tokens[at]?.type === 'string') at += 1;
  else at += 1;
  while (at < from + LONGEST) {
    if (is(tokens[at], '.') && tokens[at + 1]?.type === 'name') at += 2;
    else if (is(tokens[at], '(') || is(tokens[at], '[')) at = closing(tokens, at);
    else break;
  }
  return at;
}

/** The index behind the bracket that closes the one at `open`, or behind as much as is looked at. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  let at = open;
  for (; at < tokens.length && at < open + LONGEST; at += 1) {
    const token = tokens[at];
    if (token) depth += depthOf(token);
    if (depth === 0) return at + 1;
  }
  return at;
}
