import { posix } from 'node:path';
import type { Span } from '../../model/json/node.ts';
import { commandFiles, UNPACKERS } from './command-files.ts';
import { type ShellCommand, type ShellToken, shellCommands, unwrap } from './shell-commands.ts';
import {
  firstScope,
  inDirectory,
  isBelowHome,
  pathIn,
  pathOf,
  type ShellScope,
  textOf,
  wordValue,
} from './shell-values.ts';

/** A file or folder of the plugin that a script refers to. */
export interface ScriptFile extends Span {
  /** Relative to the folder of the plugin, without `./`. */
  readonly path: string;
  /**
   * Whether the script needs the file. False when it tests for the file, catches the failure, or passes it to an
   * unknown command.
   */
  readonly isNeeded: boolean;
  /** It may come out of an archive that the script unpacks. */
  readonly mayBeUnpacked: boolean;
}

/**
 * The files of the plugin that install.sh uses and does not create, each once, as far as its text shows: `$cur/x`,
 * `$(dirname "$0")/x`, `${0%/*}/x`, variables with those values, and relative paths, because eKuiper runs the script in
 * the folder of the plugin. `exists` reports whether the package has a path; a script of the package may create any
 * file.
 */
export function scriptFiles(text: string, exists: Exists): ScriptFile[] {
  const { found, asked } = readScript(text, exists);
  return [...found.values()].map((file) => ({
    ...file,
    isNeeded: file.isNeeded && !asked.has(file.path),
  }));
}

const UNPACKS = /(?:^|[\s;&|(])(?:tar|unzip)\s/;

/** Whether a path may come out of an archive that the script unpacks; kplugin does not look into archives. */
export function unpackedBy(text: string, exists: Exists): (path: string) => boolean {
  const { unpacked } = readScript(text, exists);
  // In a form that is not followed, such as `find -exec tar`.
  if (unpacked.size === 0 && UNPACKS.test(text)) return () => true;
  return (path) => isIn(path, unpacked);
}

type Exists = (path: string) => boolean;

function readScript(text: string, exists: Exists): Reading {
  const state: Reading = {
    scopes: [firstScope()],
    filled: new Set(),
    unpacked: new Set(),
    loops: new Map(),
    found: new Map(),
    asked: new Set(),
    exists,
  };
  for (const command of shellCommands(text)) readCommand(command, state);
  return state;
}

interface Reading {
  /** The scope of the script and of each open subshell. */
  readonly scopes: ShellScope[];
  /** Paths that the script creates, and folders that it fills. */
  readonly filled: Set<string>;
  /** Folders into which it unpacks archives. */
  readonly unpacked: Set<string>;
  /** The folder of the pattern that a `for` goes through, by the name of its variable. */
  readonly loops: Map<string, string>;
  readonly found: Map<string, ScriptFile>;
  /** Paths that are tested before they are used. */
  readonly asked: Set<string>;
  readonly exists: Exists;
}

/** Maximum number of variables; each subshell has its own. */
const MOST_VARIABLES = 200;

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
const DECLARATION = /^(?:export|readonly|local)$/;
const TEST = /^(?:test|\[|\[\[)$/;

function readCommand(command: ShellCommand, state: Reading): void {
  const scope = scopeAt(state, command.depth);
  const words = [...command.words];
  const isDeclaration = DECLARATION.test(words[0]?.text ?? '');
  const assigned = takeWhile(isDeclaration ? words.slice(1) : words, ({ text }) =>
    ASSIGNMENT.test(text),
  );
  if (isDeclaration || assigned.length === words.length) {
    for (const word of assigned) assign(word, scope);
  } else {
    const plain = words.slice(assigned.length);
    unwrap(plain);
    if (plain[0]?.text === 'for' && plain[1]) loop(plain[1].text, plain.slice(3), scope, state);
    else run(plain, command, scope, state);
  }
  for (const { mark, target } of command.redirections) {
    const path = pathOf(target.text, scope);
    if (path === null) continue;
    if (mark.includes('>')) state.filled.add(path);
    else refer(target, path, !command.mayFail, state);
  }
}

/** `for f in $cur/wheels/*.whl`: without the folder the variable has the pattern itself as its value. */
function loop(name: string, items: readonly ShellToken[], scope: ShellScope, state: Reading): void {
  scope.variables.set(name, null);
  state.loops.delete(name);
  for (const item of items) {
    const path = wordValue(item.text, scope)?.isPattern ? pathOf(item.text, scope) : null;
    if (path === null || state.loops.size > MOST_VARIABLES) continue;
    state.loops.set(name, path);
    refer(item, path, true, state);
  }
}

function scopeAt({ scopes }: Reading, depth: number): ShellScope {
  scopes.length = Math.min(scopes.length, Math.min(depth, 20) + 1);
  for (
    let last = scopes.at(-1);
    last && scopes.length <= Math.min(depth, 20);
    last = scopes.at(-1)
  ) {
    scopes.push({ ...last, variables: new Map(last.variables) });
  }
  return scopes.at(-1) ?? firstScope();
}

function assign({ text }: ShellToken, scope: ShellScope): void {
  const name = ASSIGNMENT.exec(text)?.[1] ?? '';
  if (scope.variables.size > MOST_VARIABLES) return;
  scope.variables.set(name, textOf(text.slice(name.length + 1), scope));
}

function run(
  [first, ...words]: readonly ShellToken[],
  { mayFail }: ShellCommand,
  scope: ShellScope,
  state: Reading,
): void {
  if (!first) return;
  const called = TEST.test(first.text) ? first.text : textOf(first.text, scope);
  const args = words.map(({ text }) => argument(text, scope));
  if (called === 'cd') {
    changeDirectory(words, args, mayFail, scope, state);
    return;
  }
  const isFile = called?.includes('/') ?? false;
  if (called !== null && isFile) refer(first, pathIn(called, scope), !mayFail, state);
  const name = posix.basename(called ?? '');
  if (TEST.test(name)) {
    for (const { text } of words) {
      state.asked.add(pathOf(text, scope) ?? state.loops.get(text.replace(/["${}]/g, '')) ?? '');
    }
  }
  const files = commandFiles(name, args);
  if (files === null) return;
  const { reads, makes, fills } = files;
  words.forEach((word, place) => {
    const path = pathOf(word.text.replace(VALUE_IN_OPTION, ''), scope);
    if (path === null || makes.includes(place) || fills.includes(place)) return;
    if (reads.includes(place)) refer(word, path, !mayFail, state);
    else if (isBelowHome(word.text, scope)) refer(word, path, false, state);
  });
  if (reads.some((place) => !has(words[place], scope, state))) return;
  if (isFile && has(first, scope, state)) state.filled.add('');
  const into = UNPACKERS.has(name) ? state.unpacked : state.filled;
  fill([...makes, ...fills], args, scope, into);
}

/** The value of a word; of a pattern, the part that identifies what it matches. */
function argument(word: string, scope: ShellScope): string | null {
  const value = wordValue(word, scope);
  return value?.isPattern ? `${value.text}/${posix.basename(word)}` : (value?.text ?? null);
}

/** `--requirement=x`, `-rx`, `-fx` */
const VALUE_IN_OPTION = /^(?:--[\w-]+=|-[rcfe](?=[^\s]))/;

function fill(
  places: readonly number[],
  args: readonly (string | null)[],
  scope: ShellScope,
  into: Set<string>,
): void {
  for (const place of places) {
    const path = place < 0 ? pathIn('.', scope) : pathIn(args[place] ?? null, scope);
    // A file that is created at an unknown path may be any file.
    if (path !== null || (place < 0 ? scope.directory : args[place]) === null) {
      into.add(path ?? '');
    }
  }
}

function changeDirectory(
  words: readonly ShellToken[],
  args: readonly (string | null)[],
  mayFail: boolean,
  scope: ShellScope,
  state: Reading,
): void {
  const place = args.findIndex((arg) => arg === null || !/^-[LP]*$/.test(arg));
  const [word, to] = [words[place], args[place] ?? null];
  if (word) refer(word, pathIn(to, scope), !mayFail, state);
  scope.directory = to === null || to === '-' ? null : inDirectory(to, scope.directory);
  scope.variables.set('PWD', scope.directory);
}

function refer(word: ShellToken, path: string | null, isNeeded: boolean, state: Reading): void {
  if (path === null || path === '' || path === 'install.sh') return;
  if (isIn(path, state.filled)) return;
  const known = state.found.get(path);
  if (known && (known.isNeeded || !isNeeded)) return;
  const mayBeUnpacked = isIn(path, state.unpacked);
  state.found.set(path, { path, isNeeded, mayBeUnpacked, start: word.start, end: word.end });
}

/** Whether the script creates the path, or fills a folder above it. */
function isIn(path: string, filled: ReadonlySet<string>): boolean {
  if (filled.has('') || filled.has(path)) return true;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (filled.has(path.slice(0, slash))) return true;
  }
  return false;
}

/** Whether the package has a file that a command reads; files outside of the plugin are not checked. */
function has(word: ShellToken | undefined, scope: ShellScope, { exists }: Reading): boolean {
  const path = word ? pathOf(word.text, scope) : null;
  return path === null || path === '' || exists(path);
}

function takeWhile<T>(items: readonly T[], holds: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !holds(item));
  return items.slice(0, end < 0 ? items.length : end);
}
