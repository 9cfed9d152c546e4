import { TEXT_LIMITS } from '../text-limits.ts';
import { isMerge, tagOf, type YamlAlias, type YamlMapping, type YamlNode } from './node.ts';
import { resolveScalar, taggedScalar, type YamlScalar } from './resolve.ts';
import { YamlError } from './scan/input.ts';

/**
 * A value as Go holds it after decoding YAML. A mapping with text keys only is a plain object, any other a Map by
 * typed key (`int 1`, `string 1`); times are texts in RFC 3339. Whole numbers beyond 2^53 are rounded here, as
 * JSON.parse rounds them in a host's answer; eKuiper keeps them (int64), and a plugin receives every digit
 * (docs/cases.md). Numbers that arrive as JSON are rounded by eKuiper itself, because it decodes into
 * `map[string]interface{}`: settings (meta/yamlConfigMeta.go), messages and results of plugins
 * (portable/runtime/source.go, function.go), rows (converter/json, without useInt64ForWholeNumber).
 */
export type YamlValue =
  | null
  | string
  | number
  | boolean
  | YamlValue[]
  | ReadonlyMap<string, YamlValue>
  | { readonly [key: string]: YamlValue };

/**
 * Decodes a document into a map with text keys, as eKuiper does (`map[string]interface{}`). Returns null for an empty
 * document. Throws YamlError where Go returns an error. Source: conf/load.go LoadConfigFromPath, yaml.v3 Unmarshal.
 */
export function decodeRoot(root: YamlNode | null): Readonly<Record<string, YamlValue>> | null {
  if (root === null) return null;
  const decoder = new Decoder();
  return decoder.root(root);
}

type Members = Map<string, YamlValue>;

/** The Go type of the keys of a mapping: all strings, or any. */
type Keys = 'text' | 'any';

class Decoder {
  #steps = 0;
  #aliasSteps = 0;
  #aliasDepth = 0;
  #depth = 0;
  readonly #open = new Set<YamlAlias>();
  /** While a merge is decoded: the keys that it must not overwrite; else null. */
  #merged: Set<string> | null = null;

  root(node: YamlNode): Readonly<Record<string, YamlValue>> | null {
    // Go counts the document itself as a step.
    this.#step(node);
    this.#step(node);
    if (node.kind === 'mapping') return asObject(this.#members(node, 'text', new Map()));
    if (node.kind === 'scalar' && this.#scalar(node).type === 'null') return null;
    const what = node.kind === 'sequence' ? '!!seq' : tagOf(node);
    throw new YamlError(`cannot unmarshal ${what} into a map of groups`, node, 'root');
  }

  #value(node: YamlNode): YamlValue {
    this.#step(node);
    this.#depth += 1;
    if (this.#depth > TEXT_LIMITS.yamlDepth) throw tooMuch(node);
    const value = this.#inside(node);
    this.#depth -= 1;
    return value;
  }

  #inside(node: YamlNode): YamlValue {
    if (node.kind === 'scalar') return plainOf(this.#scalar(node));
    if (node.kind === 'sequence') return node.items.map((item) => this.#value(item));
    if (node.kind === 'alias') return this.#alias(node, (target) => this.#value(target));
    const keys = hasTextKeys(node) ? 'text' : 'any';
    const members = this.#members(node, keys, new Map());
    return keys === 'text' ? asObject(members) : members;
  }

  #alias<T>(node: YamlAlias, decode: (target: YamlAlias['target']) => T): T {
    if (this.#open.has(node)) {
      throw new YamlError(`anchor '${node.name}' value contains itself`, node);
    }
    this.#open.add(node);
    this.#aliasDepth += 1;
    const value = decode(node.target);
    this.#aliasDepth -= 1;
    this.#open.delete(node);
    return value;
  }

  #members(node: YamlMapping, keys: Keys, members: Members): Members {
    refuseDuplicates(node);
    const merged = this.#merged;
    this.#merged = null;
    let merge: YamlNode | null = null;
    for (const { key, value } of node.pairs) {
      if (isMerge(key)) merge = value;
      else this.#member(key, value, keys, members, merged);
    }
    this.#merged = merged;
    if (merge) this.#merge(node, merge, keys, members);
    return members;
  }

  #member(
    key: YamlNode,
    value: YamlNode,
    keys: Keys,
    members: Members,
    merged: Set<string> | null,
  ): void {
    const name = this.#key(key, keys);
    if (name === null) return;
    // Go stores the keys that a merge must not overwrite by type: at the top level, `1: x` is a string here and a
    // number there.
    const typed = keys === 'any' ? name : `string ${name}`;
    if (merged?.has(typed)) return;
    merged?.add(typed);
    members.set(name, this.#value(value));
  }

  /** Decodes a key; null for a null key among string keys, which Go skips. */
  #key(node: YamlNode, keys: Keys): string | null {
    this.#step(node);
    if (node.kind === 'alias') return this.#alias(node, (target) => this.#key(target, keys));
    if (node.kind !== 'scalar') throw new YamlError('invalid map key', node);
    const scalar = this.#scalar(node);
    if (keys === 'any') return typedKey(scalar);
    if (scalar.type === 'null') return null;
    return scalar.type === 'string' ? scalar.value : node.value;
  }

  #merge(parent: YamlMapping, merge: YamlNode, keys: Keys, members: Members): void {
    const merged = this.#merged;
    this.#merged ??= this.#ownKeys(parent);
    const list = merge.kind === 'sequence' ? merge.items : [merge];
    for (const one of list) this.#mergeOne(one, keys, members);
    this.#merged = merged;
  }

  #mergeOne(node: YamlNode, keys: Keys, members: Members): void {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind !== 'mapping') {
      throw new YamlError('map merge requires map or sequence of maps as the value', node);
    }
    this.#step(node);
    this.#depth += 1;
    if (this.#depth > TEXT_LIMITS.yamlDepth) throw tooMuch(node);
    if (node.kind === 'alias') {
      this.#alias(node, () => {
        this.#step(target);
        this.#members(target, keys, members);
      });
    } else this.#members(target, keys, members);
    this.#depth -= 1;
  }

  /** The keys of the mapping that a merge must not overwrite: Go decodes them again, with their own types. */
  #ownKeys(parent: YamlMapping): Set<string> {
    return new Set(parent.pairs.map(({ key }) => this.#key(key, 'any') ?? ''));
  }

  #scalar({ tag, value, start, end }: Extract<YamlNode, { kind: 'scalar' }>): YamlScalar {
    const scalar = tag === '!!merge' ? null : taggedScalar(tag, value);
    if (scalar) return scalar;
    if (tag === '!!merge') return { type: 'string', tag, value };
    const problem =
      tag === '!!binary'
        ? '!!binary value contains invalid base64 data'
        : `cannot decode ${resolveScalar('', value).tag} \`${value}\` as a ${tag}`;
    throw new YamlError(problem, { start, end });
  }

  /** Counts decoding steps as Go does, which rejects a document when aliases cause most of them. */
  #step(node: YamlNode): void {
    this.#steps += 1;
    if (this.#aliasDepth > 0) this.#aliasSteps += 1;
    const share = this.#aliasSteps / this.#steps;
    if (this.#aliasSteps > 100 && this.#steps > 1000 && share > allowedShare(this.#steps)) {
      throw new YamlError('document contains excessive aliasing', node);
    }
    if (this.#steps > TEXT_LIMITS.yamlSteps) throw tooMuch(node);
  }
}

/** The share of steps that aliases may cause: 99 % in small documents, 10 % in very large ones. */
function allowedShare(steps: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (steps <= low) return 0.99;
  return steps >= high ? 0.1 : 0.99 - 0.89 * ((steps - low) / (high - low));
}

function hasTextKeys({ pairs }: YamlMapping): boolean {
  return pairs.every(({ key }) => ['!!str', '!!merge'].includes(tagOf(key)));
}

/**
 * Finds repeated keys. Keys are equal when they are written the same, whatever their type: `1` and `"1"`, two lists,
 * two `<<`.
 */
export function repeatedKeysIn({
  pairs,
}: YamlMapping): { readonly key: YamlNode; readonly first: YamlNode }[] {
  const seen = new Map<string, YamlNode>();
  const duplicates: { readonly key: YamlNode; readonly first: YamlNode }[] = [];
  for (const { key } of pairs) {
    const written = `${key.kind} ${writtenKey(key)}`;
    const first = seen.get(written);
    if (first) duplicates.push({ key, first });
    else seen.set(written, key);
  }
  return duplicates;
}

export function writtenKey(key: YamlNode): string {
  if (key.kind === 'alias') return key.name;
  return key.kind === 'scalar' ? key.value : '';
}

function refuseDuplicates(node: YamlMapping): void {
  const [duplicate] = repeatedKeysIn(node);
  if (!duplicate) return;
  const message = `mapping key ${JSON.stringify(writtenKey(duplicate.key))} already defined`;
  throw new YamlError(message, duplicate.key, 'duplicate-key');
}

function typedKey(scalar: YamlScalar): string {
  return scalar.type === 'null' ? 'null' : `${scalar.type} ${scalar.value}`;
}

function plainOf(scalar: YamlScalar): YamlValue {
  if (scalar.type === 'null') return null;
  return scalar.type === 'int' ? Number(scalar.value) : scalar.value;
}

function asObject(members: Members): Readonly<Record<string, YamlValue>> {
  return Object.fromEntries(members);
}

function tooMuch(node: YamlNode): YamlError {
  return new YamlError('values lie too deep in each other, or there are too many', node, 'limit');
}
