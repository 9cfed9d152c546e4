import type { Span } from '../../model/json/node.ts';

/** One simple command of a script, with its context. */
export interface ShellCommand {
  readonly words: readonly ShellToken[];
  readonly redirections: readonly { readonly mark: string; readonly target: ShellToken }[];
  /** The script handles its failure: it is a condition, or `|| …` follows. */
  readonly mayFail: boolean;
  /** The number of subshells around it. */
  readonly depth: number;
}

const RESERVED = new Set(['then', 'else', 'do', '{', '!', 'time']);
const CONDITION = new Set(['if', 'elif', 'while', 'until']);
const ENDS = new Set(['fi', 'done', '}', 'esac']);

/** The simple commands of a script in their order. */
export function shellCommands(text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let list: ShellCommand[] = [];
  const close = (mayFail: boolean): void => {
    for (const command of list) commands.push(mayFail ? { ...command, mayFail } : command);
    list = [];
  };
  let depth = 0;
  let isCondition = false;
  for (const { tokens, mark } of split(shellTokens(text))) {
    const all = wordsOf(tokens);
    let first = 0;
    for (let word = all[0]?.text; word !== undefined && isReserved(word); word = all[first]?.text) {
      isCondition = CONDITION.has(word) || (word === '!' && isCondition);
      first += 1;
    }
    const words = ENDS.has(all[first]?.text ?? '') ? [] : all.slice(first);
    const redirections = redirectionsOf(tokens);
    if (words.length + redirections.length > 0) {
      list.push({ words, redirections, mayFail: isCondition || mark === '||', depth });
    }
    if (mark !== '&&') close(mark === '||');
    if (mark === '(') depth += 1;
    if (mark === ')') depth = Math.max(0, depth - 1);
  }
  close(false);
  return commands;
}

function isReserved(word: string): boolean {
  return RESERVED.has(word) || CONDITION.has(word);
}

const WRAPPER = /^(?:sudo|exec|env|nohup|nice|command|builtin)$/;

/** Removes `sudo`, `env A=1`, `nohup`: the rest is the command that runs. */
export function unwrap(words: ShellToken[]): void {
  let at = 0;
  for (let isEnv = false; ; at += 1) {
    const text = words[at]?.text ?? '';
    if (!WRAPPER.test(text) && !(isEnv && /^[A-Za-z_]\w*=/.test(text))) break;
    isEnv ||= text === 'env' || text === 'sudo';
  }
  words.splice(0, at);
}

interface Part {
  readonly tokens: readonly ShellToken[];
  /** The token that ends it. */
  readonly mark: string;
}

function split(tokens: readonly ShellToken[]): Part[] {
  const parts: Part[] = [];
  let open: ShellToken[] = [];
  let isEmptyAfterList = false;
  for (const token of tokens) {
    const isEnd = token.type === 'mark' && !/[<>]/.test(token.text);
    if (!isEnd) {
      open.push(token);
      isEmptyAfterList = false;
    } else if (!(token.text === '\n' && open.length === 0 && isEmptyAfterList)) {
      // A line end after `&&` or `||` does not end the command.
      parts.push({ tokens: open, mark: token.text });
      isEmptyAfterList = token.text === '&&' || token.text === '||';
      open = [];
    }
  }
  return [...parts, { tokens: open, mark: '\n' }];
}

const isRedirection = (token: ShellToken | undefined): boolean => {
  return token?.type === 'mark' && /[<>]/.test(token.text);
};

function wordsOf(tokens: readonly ShellToken[]): ShellToken[] {
  return tokens.filter(({ type }, index) => type === 'word' && !isRedirection(tokens[index - 1]));
}

function redirectionsOf(tokens: readonly ShellToken[]): ShellCommand['redirections'] {
  return tokens.flatMap((token, index) => {
    const target = tokens[index + 1];
    const isFile = isRedirection(token) && !token.text.includes('<<') && !/&$/.test(token.text);
    return isFile && target?.type === 'word' ? [{ mark: token.text, target }] : [];
  });
}

/** A word of a script as written, or a separator: `;`, `&&`, `|`, `(`, `>`, a line end … */
export interface ShellToken extends Span {
  readonly type: 'word' | 'mark';
  readonly text: string;
}

const SPACE = /(?:[ \t\r]|\\\r?\n)+/y;
const MARK = /\n|&&|\|\||;;|;|\|&?|&>{1,2}|&|\(|\)|\d?>{1,2}[|&]?|\d?<(?:<-?|&|>)?/y;
const COMMENT = /#[^\n]*/y;

/**
 * Splits a shell script into words and separators, without comments and here-documents. Quotes and expansions stay in
 * their word. Linear, never throws.
 */
export function shellTokens(text: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  const waiting: string[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = ends(SPACE, text, at) ?? ends(COMMENT, text, at);
    if (skipped !== null) {
      at = skipped;
      continue;
    }
    const end = ends(MARK, text, at) ?? wordEnd(text, at);
    const isMark = ends(MARK, text, at) !== null;
    const token = {
      type: isMark ? 'mark' : 'word',
      text: text.slice(at, end),
      start: at,
      end,
    } as const;
    const before = tokens.at(-1);
    if (before?.type === 'mark' && before.text.includes('<<') && token.type === 'word') {
      waiting.push(token.text.replace(/["'\\]/g, ''));
    }
    tokens.push(token);
    at = token.text === '\n' ? afterDocuments(text, end, waiting) : end;
  }
  return tokens;
}

/** The offset after the here-documents that begin on the next line. */
function afterDocuments(text: string, at: number, waiting: string[]): number {
  let place = at;
  for (const word of waiting.splice(0)) {
    for (let isOpen = true; isOpen && place < text.length; ) {
      const end = text.indexOf('\n', place);
      const line = text.slice(place, end < 0 ? text.length : end);
      isOpen = line.trim() !== word;
      place = end < 0 ? text.length : end + 1;
    }
  }
  return place;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\s;&|()<>]/.test(text[at] ?? '')) at = partEnd(text, at, 0);
  return Math.max(at, start + 1);
}

/** Maximum nesting; a deeper expression ends the script. */
const DEEPEST = 40;

/** The offset after one character, or after a quoted part or expansion. */
export function partEnd(text: string, at: number, depth: number): number {
  if (depth > DEEPEST) return text.length;
  const [char, next] = [text[at], text[at + 1]];
  if (char === '\\') return at + 2;
  if (char === "'") return closing(text, at + 1, "'", null);
  if (char === '"') return closing(text, at + 1, '"', depth);
  if (char === '`') return closing(text, at + 1, '`', depth);
  if (char === '$' && next === '{') return closing(text, at + 2, '}', depth);
  if (char === '$' && next === '(') return closing(text, at + 2, ')', depth);
  if (char === '(' && depth > 0) return closing(text, at + 1, ')', depth);
  return at + 1;
}

/** The offset after the closing character. `depth` null: no character in between is special. */
function closing(text: string, from: number, close: string, depth: number | null): number {
  let at = from;
  while (at < text.length && text[at] !== close) {
    const isLiteral = depth === null || (close === '"' && /['(]/.test(text[at] ?? ''));
    at = isLiteral ? at + 1 : partEnd(text, at, (depth ?? 0) + 1);
  }
  return at + 1;
}

function ends(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
