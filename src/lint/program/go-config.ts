import type { SymbolFolder } from '../../model/symbol.ts';
import type { ProgramConfig, Written } from './config.ts';
import { goTokens } from './go-tokens.ts';
import { placesOf } from './places.ts';
import { insideBrackets, is, splitAt, splitPair, type Token } from './token.ts';

/** The fields of the Go SDK's `runtime.PluginConfig`. */
const FIELDS = { sources: 'Sources', sinks: 'Sinks', functions: 'Functions' } as const;

/**
 * What a Go program's one `PluginConfig{…}` literal says, as far as it is written out; null when there is not exactly
 * one, or it is not eKuiper's. Fields that are left out are empty.
 */
export function readGoConfig(source: string): ProgramConfig | null {
  const tokens = goTokens(source);
  const literals = tokens.flatMap((token, index) => {
    return is(token, 'PluginConfig') && is(tokens[index + 1], '{') ? [index] : [];
  });
  const [literal] = literals;
  if (literal === undefined || literals.length > 1 || !importsSdk(tokens)) return null;
  const inside = insideBrackets(tokens, literal + 1);
  const fields = inside && fieldsOf(inside);
  const at = tokens[literal];
  if (!fields || !at) return null;
  const keys = (kind: SymbolFolder): readonly Written[] | null => {
    if (isChanged(tokens, FIELDS[kind])) return null;
    const value = fields.get(FIELDS[kind]);
    return value ? keysOf(tokens, value) : [];
  };
  const name = fields.get('Name');
  return {
    name: name ? textOf(tokens, name) : null,
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: { start: at.start, end: at.end },
  };
}

function importsSdk(tokens: readonly Token[]): boolean {
  return tokens.some(({ value }) => value?.endsWith('/sdk/go/runtime') ?? false);
}

/** Null when the literal has no field names. */
function fieldsOf(inside: readonly Token[]): Map<string, readonly Token[]> | null {
  const fields = new Map<string, readonly Token[]>();
  for (const part of splitAt(inside, ',')) {
    const pair = splitPair(part, ':');
    const [field, more] = pair?.key ?? [];
    if (!pair || field?.type !== 'name' || more) return null;
    fields.set(field.text, pair.value);
  }
  return fields;
}

/** `config.Sources[…] = …` or `config.Sources = …`. */
function isChanged(tokens: readonly Token[], field: string): boolean {
  return tokens.some((token, index) => is(token, field) && is(tokens[index - 1], '.'));
}

function textOf(all: readonly Token[], value: readonly Token[]): Written | null {
  const [only, more] = value;
  if (only === undefined || more) return null;
  if (only.type === 'name') {
    const constant = goConstant(all, only.text);
    return constant && textOf([], [constant]);
  }
  if (only.type !== 'string' || only.value === null) return null;
  return { value: only.value, start: only.start, end: only.end };
}

/** The text of a name that the file gives a value exactly once, by `name = "…"` or `name := "…"`. */
function goConstant(tokens: readonly Token[], name: string): Token | null {
  const own = placesOf(tokens, name).filter((index) => !is(tokens[index - 1], '.'));
  const assigned = own.filter((index) => isAssigned(tokens, index));
  const [at] = assigned;
  if (at === undefined || assigned.length > 1) return null;
  const next = [at + 2, at + 3].find((index) => tokens[index]?.type === 'string') ?? -1;
  return is(tokens[next + 1], '+') ? null : (tokens[next] ?? null);
}

function isAssigned(tokens: readonly Token[], index: number): boolean {
  const typed = is(tokens[index + 1], 'string') ? 2 : 1;
  return ['=', ':=', '+='].some((mark) => is(tokens[index + typed], mark));
}

function keysOf(all: readonly Token[], value: readonly Token[]): readonly Written[] | null {
  if (is(value[0], 'nil') && value.length === 1) return [];
  const open = is(value[0], 'map') ? value.findIndex((token) => is(token, '{')) : -1;
  const inside = open < 0 ? null : insideBrackets(value, open);
  if (inside === null || open + inside.length + 2 !== value.length) return null;
  const keys = splitAt(inside, ',').map((part) => {
    const pair = splitPair(part, ':');
    return pair && textOf(all, pair.key);
  });
  return keys.every((key) => key !== null) ? keys : null;
}
