import { posix } from 'node:path';
import { cleanPath, isTooLongPath } from '../../model/clean-path.ts';
import { partEnd, shellTokens } from './shell-commands.ts';

/** Represents the folder of the plugin, at the start of paths below it. */
export const HOME = '\u0001';

/** The known state of the shell at one place of a script. */
export interface ShellScope {
  /** Variables by name; null for an unknown value. */
  readonly variables: Map<string, string | null>;
  /** The current directory; null when unknown. */
  directory: string | null;
  /** The number of `$(…)` around it. */
  readonly depth: number;
}

/** Maximum nesting of `$(…)`; real scripts have two. */
const DEEPEST = 5;

/** Maximum length of a value: repeating `a=$a$a` would double it each time. */
const LONGEST = 512;

/** The value of a word. */
interface ShellValue {
  readonly text: string;
  /** The word is a pattern, and `text` is the folder in which it is matched. */
  readonly isPattern: boolean;
}

/**
 * The state at the start: eKuiper runs `/bin/sh <folder of the plugin>/install.sh` in that folder (its
 * `internal/plugin/portable/manager.go`).
 */
export function firstScope(): ShellScope {
  return {
    variables: new Map([
      ['0', `${HOME}/install.sh`],
      ['PWD', HOME],
    ]),
    directory: HOME,
    depth: 0,
  };
}

/** The value of a word, as far as the script alone shows it; null when unknown. */
export function wordValue(word: string, scope: ShellScope): ShellValue | null {
  let text = '';
  for (let at = 0; at < word.length; ) {
    const end = Math.min(partEnd(word, at, 0), word.length);
    const part = word.slice(at, end);
    if (/^[*?[]$/.test(part))
      return { text: text.slice(0, Math.max(0, text.lastIndexOf('/'))), isPattern: true };
    const value = part.startsWith('$')
      ? expansionAt(word, at, scope)
      : { value: partValue(part, scope), end };
    if (value.value === null || (at === 0 && part === '~')) return null;
    text += value.value;
    at = value.end;
    if (text.length > LONGEST) return null;
  }
  return { text, isPattern: false };
}

/** The text of a word; null for patterns and unknown values. */
export function textOf(word: string, scope: ShellScope): string | null {
  const value = wordValue(word, scope);
  return value && !value.isPattern ? value.text : null;
}

function partValue(part: string, scope: ShellScope): string | null {
  if (part.startsWith("'")) return part.slice(1, -1);
  if (part.startsWith('\\')) return part.slice(1);
  if (part.startsWith('`')) return outputOf(part.slice(1, -1), scope);
  return part.startsWith('"') ? quotedValue(part.slice(1, -1), scope) : part;
}

function quotedValue(inside: string, scope: ShellScope): string | null {
  let text = '';
  for (let at = 0; at < inside.length; ) {
    const char = inside[at] ?? '';
    if (char === '$' || char === '`') {
      const found = expansionAt(inside, at, scope);
      if (found.value === null) return null;
      text += found.value;
      at = found.end;
      if (text.length > LONGEST) return null;
    } else {
      const isEscape = char === '\\' && /["$`\\]/.test(inside[at + 1] ?? '');
      text += isEscape ? (inside[at + 1] ?? '') : char;
      at += isEscape ? 2 : 1;
    }
  }
  return text;
}

const NAME = /\$([A-Za-z_]\w*|[0-9@*#?$!-])/y;

function expansionAt(
  text: string,
  at: number,
  scope: ShellScope,
): { readonly value: string | null; readonly end: number } {
  const end = Math.min(partEnd(text, at, 0), text.length);
  const part = text.slice(at, end);
  if (part.startsWith('`')) return { value: outputOf(part.slice(1, -1), scope), end };
  if (part.startsWith('$((')) return { value: null, end };
  if (part.startsWith('$(')) return { value: outputOf(part.slice(2, -1), scope), end };
  if (part.startsWith('${')) return { value: parameter(part.slice(2, -1), scope), end };
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[1];
  if (name === undefined) return { value: '$', end: at + 1 };
  return { value: scope.variables.get(name) ?? null, end: at + 1 + name.length };
}

/** `${x}`, `${x%/*}`, `${x:-…}`, `${BASH_SOURCE[0]}`. */
function parameter(inside: string, { variables }: ShellScope): string | null {
  const name = /^(?:[A-Za-z_]\w*|[0-9])/.exec(inside)?.[0] ?? '';
  const rest = inside.slice(name.length);
  const value = variables.get(name) ?? (name === 'BASH_SOURCE' ? variables.get('0') : null) ?? null;
  if (value === null || rest === '' || rest === '[0]') return value;
  if (/^%{1,2}\/(?:\*|install\.sh)$/.test(rest)) return posix.dirname(value);
  if (rest === '##*/') return posix.basename(value);
  return /^:?[-?]/.test(rest) ? value : null;
}

/** The output of a command in `$(…)`, for the few commands that return the folder of the script. */
function outputOf(script: string, scope: ShellScope): string | null {
  if (scope.depth >= DEEPEST) return null;
  const { variables, directory, depth } = scope;
  const inner: ShellScope = { variables: new Map(variables), directory, depth: depth + 1 };
  let output: string | null = null;
  for (const words of plainCommands(script)) {
    const [command, ...args] = words.map((word) => textOf(word, inner));
    const argument = args.filter((arg) => arg === null || !/^-/.test(arg)).at(0) ?? null;
    if (command === 'cd')
      inner.directory = argument === null ? null : inDirectory(argument, inner.directory);
    else
      output = command === undefined || command === null ? null : printed(command, argument, inner);
  }
  return output;
}

function printed(
  command: string,
  argument: string | null,
  { directory }: ShellScope,
): string | null {
  if (command === 'pwd') return directory;
  if (argument === null) return null;
  if (command === 'dirname') return posix.dirname(argument);
  if (command === 'basename') return posix.basename(argument);
  if (command === 'echo') return argument;
  return command === 'realpath' || command === 'readlink' ? inDirectory(argument, directory) : null;
}

/** The commands of a short script as words, without redirections. */
function plainCommands(script: string): string[][] {
  const commands: string[][] = [[]];
  let isTarget = false;
  for (const { type, text } of shellTokens(script)) {
    const isRedirection = type === 'mark' && /[<>]/.test(text);
    if (type === 'mark' && !isRedirection) commands.push([]);
    else if (type === 'word' && !isTarget) commands.at(-1)?.push(text);
    isTarget = isRedirection;
  }
  return commands.filter((words) => words.length > 0);
}

/** Resolves a path against a directory and cleans it; null when unknown. */
export function inDirectory(path: string, directory: string | null): string | null {
  if (isTooLongPath(path)) return null;
  if (path.startsWith(HOME) || path.startsWith('/')) return cleanPath(path);
  if (directory === null || directory.length > LONGEST) return null;
  return cleanPath(`${directory}/${path}`);
}

/** Whether a word is written as a path below the folder of the plugin. */
export function isBelowHome(word: string, scope: ShellScope): boolean {
  return wordValue(word, scope)?.text.startsWith(`${HOME}/`) ?? false;
}

/** The path of a word relative to the folder of the plugin; null when it is outside of it or unknown. */
export function pathOf(word: string, scope: ShellScope): string | null {
  return pathIn(wordValue(word, scope)?.text ?? null, scope);
}

/** As {@link pathOf}, of a value. */
export function pathIn(value: string | null, scope: ShellScope): string | null {
  if (value === null || value.includes('\n') || /^[a-z]+:\/\//i.test(value)) return null;
  const full = inDirectory(value, scope.directory)?.replace(/\/$/, '');
  if (full === HOME) return '';
  return full?.startsWith(`${HOME}/`) ? full.slice(HOME.length + 1) : null;
}
