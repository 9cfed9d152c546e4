import type { Span } from '../../model/json/node.ts';
import { type ShellToken, shellTokens } from './shell-tokens.ts';

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

/** The range of a token in a script. */
export function spanOfToken({ start, end }: ShellToken): Span {
  return { start, end };
}
