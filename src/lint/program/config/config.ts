import type { Span } from '../../../model/json/node.ts';
import type { SymbolFolder } from '../../../model/symbol.ts';
import type { Language } from '../tokens/lexer.ts';
import { insideBrackets, is, type Token, tokensOf } from '../tokens/token.ts';

/** A string literal of a program, with its place. */
export interface Written extends Span {
  readonly value: string;
}

/** The arguments that a main program passes to the SDK, as far as its source text shows them; null means unknown. */
export interface ProgramConfig {
  readonly name: Written | null;
  readonly symbols: Readonly<Record<SymbolFolder, readonly Written[] | null>>;
  /** The names of arguments that it cannot do without and does not give. */
  readonly missing: readonly string[];
  /** The range of the word `PluginConfig`, `PluginDefinition` or `startPlugin`. */
  readonly at: Span;
}

/** How programs in one language pass their definition to the SDK. */
export interface ConfigForm {
  readonly language: Language;
  /** The SDK's names for the name and the kinds. */
  readonly members: Readonly<Record<SymbolFolder | 'name', string>>;
  /** The members without which a program does not start, and does not meet eKuiper. */
  readonly required: readonly string[];
  /** The symbols of a kind that is left out; null when unknown. */
  readonly leftOut: readonly [] | null;
  /** The index of the opening bracket of the definition whose keyword is at an index; null when there is none. */
  opens(tokens: readonly Token[], index: number): number | null;
  usesSdk(tokens: readonly Token[]): boolean;
  /** The values in the definition by member name; null when they cannot be determined. */
  valuesOf(inside: readonly Token[]): ReadonlyMap<string, readonly Token[]> | null;
  textOf(all: readonly Token[], value: readonly Token[]): Written | null;
  /** The names of the symbols in the value of a kind. */
  keysOf(all: readonly Token[], value: readonly Token[]): readonly Written[] | null;
}

/**
 * Reads the definition of a program, as far as it consists of literals; null when there is not exactly one, or when it
 * uses another SDK.
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
    missing: form.required.filter((one) => !values.has(one) && !isChanged(tokens, one)),
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: { start, end },
  };
}

/** `config.sources[…] = …`, `config.sources.update(…)`: the program may change the definition later. */
function isChanged(tokens: readonly Token[], member: string): boolean {
  return tokens.some((token, index) => is(token, member) && is(tokens[index - 1], '.'));
}

/** The text of adjacent string literals; null when a token is anything else. */
export function writtenIn(tokens: readonly Token[]): Written | null {
  const [first] = tokens;
  const texts = tokens.map(({ value }) => value);
  if (first === undefined || texts.some((text) => text === null)) return null;
  return { value: texts.join(''), start: first.start, end: tokens.at(-1)?.end ?? first.end };
}
