import type { Span } from '../../../model/json/node.ts';
import type { SymbolFolder } from '../../../model/symbol.ts';
import type { Language } from '../tokens/grammars.ts';
import { insideBrackets, is, type Token, tokensOf } from '../tokens/token.ts';

/** A text that stands in the program as it is. */
export interface Written extends Span {
  readonly value: string;
}

/** What a main program gives to the SDK: only what is certain from its source text; null is "cannot tell". */
export interface ProgramConfig {
  readonly name: Written | null;
  readonly symbols: Readonly<Record<SymbolFolder, readonly Written[] | null>>;
  /** The word `PluginConfig`, `PluginDefinition` or `startPlugin`. */
  readonly at: Span;
}

/** How a program in a language tells the SDK what it has. */
export interface ConfigForm {
  readonly language: Language;
  /** What the SDK calls the name and the kinds. */
  readonly members: Readonly<Record<SymbolFolder | 'name', string>>;
  /** What is there of a kind that is left out; null where nobody can tell. */
  readonly leftOut: readonly [] | null;
  /** The index of the bracket that opens the definition whose word stands at an index; null where none does. */
  opens(tokens: readonly Token[], index: number): number | null;
  usesSdk(tokens: readonly Token[]): boolean;
  /** The values in the definition by the names of the members; null where they cannot be told apart. */
  valuesOf(inside: readonly Token[]): ReadonlyMap<string, readonly Token[]> | null;
  textOf(all: readonly Token[], value: readonly Token[]): Written | null;
  /** The names of the symbols in the value of a kind. */
  keysOf(all: readonly Token[], value: readonly Token[]): readonly Written[] | null;
}

/**
 * What a program's one definition says, as far as it is written out; null when there is not exactly one, or the SDK is
 * another.
 */
export function readConfig(form: ConfigForm, source: string): ProgramConfig | null {
  const tokens = tokensOf(form.language, source);
  const found = tokens.flatMap((word, index) => {
    const open = form.opens(tokens, index);
    return open === null ? [] : [{ word, open }];
  });
  const [definition] = found;
  if (!definition || found.length > 1 || !form.usesSdk(tokens)) return null;
  const inside = insideBrackets(tokens, definition.open);
  const values = inside && form.valuesOf(inside);
  if (!values) return null;
  const keys = (kind: SymbolFolder): readonly Written[] | null => {
    const member = form.members[kind];
    const value = values.get(member);
    if (isChanged(tokens, member)) return null;
    return value ? form.keysOf(tokens, value) : form.leftOut;
  };
  const { start, end } = definition.word;
  return {
    name: form.textOf(tokens, values.get(form.members.name) ?? []),
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: { start, end },
  };
}

/** `config.sources[…] = …`, `config.sources.update(…)`: anything may happen to it later. */
function isChanged(tokens: readonly Token[], member: string): boolean {
  return tokens.some((token, index) => is(token, member) && is(tokens[index - 1], '.'));
}

/** The text of tokens that are strings written out beside each other; null when one is anything else. */
export function writtenIn(tokens: readonly Token[]): Written | null {
  const [first] = tokens;
  const texts = tokens.map(({ value }) => value);
  if (first === undefined || texts.some((text) => text === null)) return null;
  return { value: texts.join(''), start: first.start, end: tokens.at(-1)?.end ?? first.end };
}
