import type { JsonMember, JsonNode } from '../../model/json/node.ts';
import type { Pattern } from '../expect/pattern.ts';
import { compileRules } from './compile-rules.ts';
import type { Mistakes } from './mistakes.ts';
import type { PatternContext } from './pattern-context.ts';

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
