import { parseDuration } from '../../../model/duration.ts';
import type { JsonMember, JsonNode } from '../../../model/json/node.ts';
import { plainValue } from '../../../model/json/plain.ts';
import { type Line, targetOfVersion } from '../../../model/target.ts';
import type { ErrorExpectation, Settings } from '../../case/case.ts';
import type { Mistakes } from '../../case/mistakes.ts';
import type { Pattern } from '../../case/pattern.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';

/**
 * The members of one object of a case file, each read as what it has to be. Null, or nothing, stands for a key that
 * is missing and for one that is wrong; the latter is a mistake.
 */
export class Fields {
  readonly node: JsonNode & { readonly type: 'object' };
  readonly mistakes: Mistakes;

  constructor(node: JsonNode & { readonly type: 'object' }, mistakes: Mistakes) {
    this.node = node;
    this.mistakes = mistakes;
  }

  member(key: string): JsonMember | null {
    return this.node.members.findLast((one) => one.key === key) ?? null;
  }

  value(key: string): JsonNode | null {
    return this.member(key)?.value ?? null;
  }

  has(key: string): boolean {
    return this.member(key) !== null;
  }

  /** A text that is not empty. */
  text(key: string, example: string): string | null {
    const value = this.value(key);
    if (value?.type === 'string' && value.value.trim() !== '') return value.value;
    return value && this.#wrong(value, key, 'text', `${key}: ${example}`);
  }

  boolean(key: string): boolean | null {
    const value = this.value(key);
    if (value?.type === 'boolean') return value.value;
    return value && this.#wrong(value, key, 'boolean', `${key}: false`);
  }

  integer(key: string, least: number, most = Number.MAX_SAFE_INTEGER): number | null {
    const value = this.value(key);
    const is = value?.type === 'number' && Number.isInteger(value.value);
    if (is && value.value >= least && value.value <= most) return value.value;
    const range =
      most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    return value && this.#wrong(value, key, `integer ${range}`, `${key}: ${Math.max(least, 1)}`);
  }

  /** Milliseconds. */
  duration(key: string): number | null {
    const value = this.value(key);
    const text =
      value?.type === 'string' ? value.value : value?.type === 'number' ? value.text : '';
    const ms = parseDuration(text);
    if (ms !== null) return ms;
    return value && this.#wrong(value, key, 'duration', `${key}: 5s`);
  }

  /** A line of eKuiper, `"2.1"`: a text, as YAML would make 2.1 of 2.10. */
  target(key: string): Line | null {
    const value = this.value(key);
    const target = value?.type === 'string' ? targetOfVersion(value.value) : null;
    if (target !== null) return target;
    return value && this.#wrong(value, key, 'version of eKuiper', `${key}: "2.1"`);
  }

  list(key: string): readonly JsonNode[] | null {
    const value = this.value(key);
    if (value?.type === 'array') return value.items;
    return value && this.#wrong(value, key, 'list', `${key}: [ … ]`);
  }

  /** A list with at least one item: an empty one would prove nothing. */
  filledList(key: string): readonly JsonNode[] {
    const items = this.list(key);
    if (items === null || items.length > 0) return items ?? [];
    this.mistakes.add({
      rule: 'case-never-holds',
      at: this.member(key)?.keySpan ?? this.node,
      message: `${key} is empty`,
      why: 'nothing would be tested by it',
      hint: `List what is expected, or leave ${key} out`,
    });
    return [];
  }

  object(key: string): Fields | null {
    const value = this.value(key);
    if (value?.type === 'object') return new Fields(value, this.mistakes);
    return value && this.#wrong(value, key, 'mapping', `${key}: { … }`);
  }

  /** An item of a list, or the value of a name, that has to be a mapping. */
  item(node: JsonNode, what: string, example: string): Fields | null {
    if (node.type === 'object') return new Fields(node, this.mistakes);
    this.mistakes.wrongType(node, what, 'mapping', example);
    return null;
  }

  settings(key: string): Settings {
    const fields = this.object(key);
    const members = fields?.node.members ?? [];
    return Object.fromEntries(members.map((one) => [one.key, plainValue(one.value)]));
  }

  pattern(key: string): Pattern | null {
    const value = this.value(key);
    return value && compilePattern(value, this.mistakes);
  }

  patterns(key: string): readonly Pattern[] {
    return this.filledList(key).map((item) => compilePattern(item, this.mistakes));
  }

  error(key = 'error'): ErrorExpectation | null {
    const value = this.value(key);
    if (value?.type === 'boolean' && value.value) return { is: 'any' };
    if (value?.type === 'string' && value.value !== '')
      return { is: 'contains', text: value.value };
    const isMatcher =
      value?.type === 'object' && value.members.some((one) => one.key.startsWith('$'));
    if (isMatcher) return { is: 'pattern', pattern: compilePattern(value, this.mistakes) };
    const example = `${key}: "a part of its text", ${key}: { $matches: … } or ${key}: true`;
    return value && this.#wrong(value, key, 'text, matcher or true', example);
  }

  /** Reports the keys that are none of the known ones. */
  only(known: readonly string[], of: string): void {
    for (const { key, keySpan } of this.node.members) {
      if (!known.includes(key)) this.mistakes.unknownKey(key, keySpan, known, of);
    }
  }

  #wrong(value: JsonNode, key: string, wanted: string, example: string): null {
    this.mistakes.wrongType(value, key, wanted, example);
    return null;
  }
}
