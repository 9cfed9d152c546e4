import type { JsonMember, JsonNode } from '../../../model/json/node.ts';
import type { Mistakes } from '../../case/mistakes.ts';
import {
  isTypeName,
  type Pattern,
  type Rule,
  TYPE_NAMES,
  type TypeName,
} from '../../case/pattern.ts';
import { checkRules } from './never-holds.ts';
import type { PatternContext } from './pattern-context.ts';

const MATCHERS = ['$type', '$min', '$max', '$near', '$by', '$matches', '$length'];

const WHOLE = ['$exactly', '$any', '$not'];

/** Makes a pattern of an expected value; matchers that can never hold are mistakes. */
export function compilePattern(node: JsonNode, mistakes: Mistakes): Pattern {
  return compile(node, { mistakes, isExact: false, isMember: false });
}

export function compile(node: JsonNode, context: PatternContext): Pattern {
  switch (node.type) {
    case 'array':
      return {
        is: 'list',
        items: node.items.map((item) => compile(item, { ...context, isMember: false })),
      };
    case 'object':
      return compileObject(node.members, context);
    case 'null':
      return { is: 'equal', value: null };
    default:
      return { is: 'equal', value: node.value };
  }
}

function compileObject(members: readonly JsonMember[], context: PatternContext): Pattern {
  const matchers = members.filter(({ key }) => key.startsWith('$'));
  const plain = members.filter(({ key }) => !key.startsWith('$'));
  const [matcher] = matchers;
  const [key] = plain;
  if (matcher && key) {
    context.mistakes.add({
      rule: 'case-never-holds',
      at: key.keySpan,
      message: `"${key.key}" stands beside ${matcher.key}`,
      why: `${matcher.key} is a matcher for the whole value, so "${key.key}" would not be looked at`,
      hint:
        matcher.key === '$exactly'
          ? `Move "${key.key}" into $exactly`
          : 'Keep either the matcher or the keys',
    });
  }
  if (matcher) return compileRules(matchers, context, compile);
  const inner = { ...context, isMember: true };
  return {
    is: 'object',
    isExact: context.isExact,
    members: new Map(plain.map((one) => [one.key, compile(one.value, inner)])),
  };
}

type Compile = (node: JsonNode, context: PatternContext) => Pattern;

/** Makes one pattern of the `$…` members of an object. */
function compileRules(
  members: readonly JsonMember[],
  context: PatternContext,
  compile: Compile,
): Pattern {
  const exact = members.find(({ key }) => key === '$exactly');
  if (exact) return exactly(exact, members, context, compile);
  const rules = members.flatMap(
    (one) => makeRule(one, members, context, compile) ?? unknown(one, context.mistakes),
  );
  checkRules(members, rules, context);
  // With a mistake in it nothing runs, so any pattern will do.
  return { is: 'rules', rules: rules.length > 0 ? rules : [{ rule: 'any', present: true }] };
}

function unknown({ key, keySpan }: JsonMember, mistakes: Mistakes): Rule[] {
  mistakes.unknownKey(key, keySpan, [...MATCHERS, ...WHOLE], 'the matcher');
  return [];
}

function exactly(
  member: JsonMember,
  members: readonly JsonMember[],
  context: PatternContext,
  compile: Compile,
): Pattern {
  const { mistakes } = context;
  const other = members.find((one) => one !== member);
  if (other) {
    mistakes.add({
      rule: 'case-never-holds',
      at: other.keySpan,
      message: `${other.key} stands beside $exactly`,
      why: '$exactly says all there is to say about a value',
      hint: `Leave ${other.key} out`,
    });
  }
  const { value } = member;
  if (value.type !== 'object' && value.type !== 'array') {
    mistakes.add({
      rule: 'case-wrong-type',
      at: value,
      message: '$exactly takes an object or a list',
      why: 'any other value is compared exactly without it',
      hint: 'Write the value itself',
    });
  }
  return compile(value, { ...context, isExact: true, isMember: false });
}

/** Null for a key that is no matcher. */
function makeRule(
  { key, value }: JsonMember,
  all: readonly JsonMember[],
  context: PatternContext,
  compile: Compile,
): Rule[] | null {
  const { mistakes } = context;
  const inner = { ...context, isMember: false };
  switch (key) {
    case '$type':
      return typeRule(value, mistakes);
    case '$min':
      return number(value, key, mistakes).map((than) => ({ rule: 'min', than }));
    case '$max':
      return number(value, key, mistakes).map((than) => ({ rule: 'max', than }));
    case '$near':
      return nearRule(value, all, mistakes);
    case '$by':
      return [];
    case '$matches':
      return matchesRule(value, mistakes);
    case '$length':
      return [{ rule: 'length', of: compile(value, inner) }];
    case '$any':
      if (value.type === 'boolean') return [{ rule: 'any', present: value.value }];
      mistakes.wrongType(value, '$any', 'boolean', '$any: true');
      return [];
    case '$not':
      return [{ rule: 'not', pattern: compile(value, inner) }];
    default:
      return null;
  }
}

function typeRule(value: JsonNode, mistakes: Mistakes): Rule[] {
  const nodes = value.type === 'array' ? value.items : [value];
  if (nodes.length === 0) {
    mistakes.add({
      rule: 'case-never-holds',
      at: value,
      message: '$type is empty',
      why: 'a value always has one of the types',
      hint: `Name one or several of ${TYPE_NAMES.join(', ')}`,
    });
  }
  const types = nodes.flatMap((node): TypeName[] => {
    // YAML reads a bare null as nothing, which is what people mean here.
    const text = node.type === 'null' ? 'null' : node.type === 'string' ? node.value : '';
    if (isTypeName(text)) return [text];
    mistakes.unknownKey(text, node, TYPE_NAMES, '$type');
    return [];
  });
  return types.length > 0 ? [{ rule: 'type', types }] : [];
}

function nearRule(value: JsonNode, all: readonly JsonMember[], mistakes: Mistakes): Rule[] {
  const by = all.find(({ key }) => key === '$by');
  if (!by) {
    mistakes.add({
      rule: 'case-missing-key',
      at: value,
      message: '$near says not how near',
      why: '$near goes with $by',
      hint: 'Write for example { $near: 20, $by: 0.5 }',
    });
    return [];
  }
  const [to] = number(value, '$near', mistakes);
  const [distance] = number(by.value, '$by', mistakes);
  return to === undefined || distance === undefined ? [] : [{ rule: 'near', to, by: distance }];
}

function matchesRule(value: JsonNode, mistakes: Mistakes): Rule[] {
  if (value.type !== 'string') {
    mistakes.wrongType(value, '$matches', 'text', '$matches: "^[a-z]+$"');
    return [];
  }
  try {
    return [{ rule: 'matches', expression: new RegExp(value.value, 'u') }];
  } catch (thrown) {
    mistakes.add({
      rule: 'case-wrong-type',
      at: value,
      message: thrown instanceof Error ? thrown.message : String(thrown),
      why: '$matches takes a regular expression of JavaScript',
      hint: 'Correct the expression; a character such as ( is written \\\\( in JSON and "…", \\( in \'…\'',
    });
    return [];
  }
}

function number(value: JsonNode, what: string, mistakes: Mistakes): number[] {
  if (value.type === 'number') return [value.value];
  mistakes.wrongType(value, what, 'number', `${what}: 1`);
  return [];
}
