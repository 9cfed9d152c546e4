import { insideBrackets, is, placesOf, splitAt, splitPair, type Token } from '../tokens/token.ts';
import { type ConfigForm, type Written, writtenIn } from './config.ts';

/** The only `PluginConfig{…}` literal of a Go program, with the fields of the Go SDK's `runtime.PluginConfig`. */
export const GO_CONFIG: ConfigForm = {
  language: 'go',
  members: { name: 'Name', sources: 'Sources', sinks: 'Sinks', functions: 'Functions' },
  required: ['Name'],
  leftOut: [],
  opens: (tokens, index) => {
    return is(tokens[index], 'PluginConfig') && is(tokens[index + 1], '{') ? index + 1 : null;
  },
  usesSdk: (tokens) => tokens.some(({ value }) => value?.endsWith('/sdk/go/runtime') ?? false),
  valuesOf: fieldsOf,
  textOf,
  keysOf,
};

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

function textOf(all: readonly Token[], value: readonly Token[]): Written | null {
  const [only, more] = value;
  if (only === undefined || more) return null;
  const constant = only.type === 'name' ? goConstant(all, only.text) : only;
  return constant && writtenIn([constant]);
}

/** The text of a name that is assigned exactly once in the file, by `name = "…"` or `name := "…"`. */
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
