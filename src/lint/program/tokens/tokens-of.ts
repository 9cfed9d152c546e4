import { goTokens } from './go-tokens.ts';
import { pythonTokens } from './python-tokens.ts';
import type { Token } from './token.ts';
import { typescriptTokens } from './typescript-tokens.ts';

/** The tokens of a source file in the language that its name tells; TypeScript for all but Go and Python. */
export function tokensOf(path: string, text: string): readonly Token[] {
  if (path.endsWith('.go')) return goTokens(text);
  return path.endsWith('.py') ? pythonTokens(text) : typescriptTokens(text);
}
