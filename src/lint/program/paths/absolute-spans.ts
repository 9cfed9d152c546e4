import type { Span } from '../../../model/json/node.ts';
import { depthOf, insideOf, is, type Token } from '../tokens/token.ts';
import { MOST_DEPTH, MOST_PARTS, type PathReader } from './path-value.ts';

/** `/opt`, `~/x`, `C:\x`, `C:/x`, `\\server\x`; not eKuiper's plugin folders. */
const ABSOLUTE = /^(?:\/|~|[A-Za-z]:(?:[\\/]|$)|\\\\)/;
/** `$HOME/x`, `${HOME}/x`, `%APPDATA%\x`; in a TypeScript template that is a variable. */
const VARIABLE = /^(?:\$\w|\$\{\w+\}|%\w+%)/;
const PLUGINS = /^\/.*\/plugins\/portable(?:\/|$)/;
/** Calls that query the machine: a variable, a home directory, a folder for temporary files. */
const OF_THE_BOX =
  /^(?:(?:os\.)?(?:environ|environb|getenv)(?:\.get)?|os\.(?:Getenv|LookupEnv|ExpandEnv|UserHomeDir|UserConfigDir|UserCacheDir|TempDir|MkdirTemp)|process\.env(?:\.\w+)?|Deno\.env\.get|(?:os\.)?(?:homedir|tmpdir)|(?:os\.path\.|path\.)?(?:expanduser|expandvars)|(?:pathlib\.)?(?:Path|PosixPath)\.home|(?:tempfile\.)?(?:gettempdir|mkdtemp|TemporaryDirectory))$/;
/** Calls that join their arguments to a path. */
const JOINS = /(?:^|\.)(?:join|Join|resolve|joinpath|Path|PurePath|PosixPath)$/;
/** Calls where a later absolute argument replaces the earlier ones; Go's and Node's `join` append it to the first. */
const RESTARTS = /(?:^|\.)(?:resolve|joinpath|Path|PurePath|PosixPath)$/;
const SAME =
  /(?:^|\.)(?:str|String|fspath|abspath|realpath|normpath|normalize|dirname|Abs|Clean|Dir|EvalSymlinks|FromSlash|ToSlash|URL|fileURLToPath|pathToFileURL)$/;
/** Maximum number of tokens of an expression; the rest of a longer one is read as a new expression. */
const LONGEST = 200;

/**
 * The ranges of a source that contain an absolute path of the machine, `os.path.join("/opt", name, "x.bin")`,
 * `Path("/opt") / "x"`, `f"{os.environ['HOME']}/x"`: no string in them is the path of a file of the plugin, even if a
 * file has the same name. Each token is visited once. `isPython`: a later absolute argument of `os.path.join` replaces
 * the earlier ones.
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
  /** Names that are assigned an absolute path, and names that are also assigned another value. */
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

  /** The operand of `+` continues the path before it; the operand of pathlib's `/` may be absolute and replace it. */
  #begins(index: number): boolean {
    const before = this.#tokens[index - 1];
    if (is(before, '.') || is(before, '+')) return false;
    return !is(before, '/') || this.#isPython;
  }

  #isAbsolute(index: number, depth: number): boolean {
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    // A value that depends on itself is unknown.
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
    // `BASE.parent`, `BASE.joinpath("x")`: the value of the name before the dot decides.
    const owner = token.text;
    return next > index + 1 && this.#names.get(owner) === true;
  }

  #isAbsoluteText(index: number, token: Token): boolean {
    const after = this.#tokens[index + 1];
    // `"/".join(names)`, `"a/b".split("/")`: the string is not the start of a path.
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

/**
 * The start of the value that `=`, `:=` or `: str =` assigns to the name before `next`; null when it is not an
 * assignment.
 */
function assignedAt(tokens: readonly Token[], next: number): number | null {
  const isMark = (at: number): boolean => is(tokens[at], '=') || is(tokens[at], ':=');
  if (isMark(next)) return next + 1;
  const isPair = is(tokens[next], ',') && tokens[next + 1]?.type === 'name';
  if (isPair && isMark(next + 2)) return next + 3;
  const isTyped = is(tokens[next], ':') && tokens[next + 1]?.type === 'name';
  return isTyped && isMark(next + 2) ? next + 3 : null;
}

/** The index after `os.path.join`. */
function chainAt(tokens: readonly Token[], index: number): { name: string; next: number } {
  let name = tokens[index]?.text ?? '';
  let next = index + 1;
  while (next < index + 8 && is(tokens[next], '.') && tokens[next + 1]?.type === 'name') {
    name += `.${tokens[next + 1]?.text}`;
    next += 2;
  }
  return { name, next };
}

/** The start of the arguments of a call. */
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

/** The index after an expression whose operands are joined with `/`, `+` and `%`; bounded. */
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

/** The index after strings, a number, or a name with its calls and members. */
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

/** The index after the bracket that closes the one at `open`, or after the maximum number of tokens. */
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
