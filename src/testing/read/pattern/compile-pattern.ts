import { asStep } from '../../../model/schema/place.ts';
import type { Json, JsonObject, Matcher } from '../../case/case-file.ts';
import type { Pattern, Rule } from '../../case/pattern.ts';
import { checkRules } from './never-holds.ts';
import type { PatternContext, ReportAt } from './pattern-context.ts';

/**
 * Makes a pattern of an expected value that the schema has found right; matchers that can never hold are reported.
 * `at` is the value's JSON pointer.
 */
export function compilePattern(value: Json, at: string, report: ReportAt): Pattern {
  return compile(value, at, { report, isExact: false, isMember: false });
}

function compile(value: Json, at: string, context: PatternContext): Pattern {
  const inner = { ...context, isMember: false };
  if (typeof value !== 'object' || value === null) return { is: 'equal', value };
  if (isList(value)) {
    return {
      is: 'list',
      items: value.map((item, index) => compile(item, `${at}/${index}`, inner)),
    };
  }
  if (!isMatcher(value)) {
    const member = { ...context, isMember: true };
    const members = Object.entries(value).map(
      ([key, one]) => [key, compile(one, `${at}/${asStep(key)}`, member)] as const,
    );
    return { is: 'object', isExact: context.isExact, members: new Map(members) };
  }
  if (value.$exactly !== undefined) {
    return compile(value.$exactly, `${at}/$exactly`, { ...inner, isExact: true });
  }
  const rules = Object.keys(value).flatMap((key) => makeRule(key, value, at, inner));
  checkRules(at, rules, context);
  return { is: 'rules', rules };
}

function isList(value: JsonObject | readonly Json[]): value is readonly Json[] {
  return Array.isArray(value);
}

function isMatcher(value: JsonObject): value is JsonObject & Matcher {
  return Object.keys(value).some((key) => key.startsWith('$'));
}

function makeRule(key: string, all: Matcher, at: string, context: PatternContext): Rule[] {
  const { $type, $min, $max, $near, $by, $matches, $length, $any, $not } = all;
  if (key === '$type' && $type !== undefined) {
    // YAML reads a bare null as nothing, which is what people mean here.
    return [{ rule: 'type', types: [$type].flat().map((type) => type ?? 'null') }];
  }
  if (key === '$min' && $min !== undefined) return [{ rule: 'min', than: $min }];
  if (key === '$max' && $max !== undefined) return [{ rule: 'max', than: $max }];
  if (key === '$near' && $near !== undefined) return [{ rule: 'near', to: $near, by: $by ?? 0 }];
  if (key === '$matches' && $matches !== undefined) return matchesRule($matches, at, context);
  if (key === '$length' && $length !== undefined) {
    return [{ rule: 'length', of: compile($length, `${at}/$length`, context) }];
  }
  if (key === '$any' && $any !== undefined) return [{ rule: 'any', present: $any }];
  if (key === '$not' && $not !== undefined) {
    return [{ rule: 'not', pattern: compile($not, `${at}/$not`, context) }];
  }
  return [];
}

function matchesRule(text: string, at: string, { report }: PatternContext): Rule[] {
  try {
    return [{ rule: 'matches', expression: new RegExp(text, 'u') }];
  } catch (thrown) {
    report(`${at}/$matches`, 'value', {
      rule: 'case-wrong-type',
      message: thrown instanceof Error ? thrown.message : String(thrown),
      why: '$matches takes a regular expression of JavaScript',
      hint: 'Correct the expression; a character such as ( is written \\\\( in JSON and "…", \\( in \'…\'',
    });
    return [];
  }
}
