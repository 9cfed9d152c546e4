import { asStep } from '../../model/schema/validator.ts';
import type { Pattern, Rule, TypeName } from '../case/case.ts';
import type { Json, JsonObject, Matcher } from '../case/case-file.ts';
import type { Mistake } from '../case/mistakes.ts';

/** Reports a mistake in a part of a file, by its JSON pointer: at its key or at its value. */
export type ReportAt = (
  pointer: string,
  part: 'key' | 'value',
  mistake: Omit<Mistake, 'at'>,
) => void;

/** The position of a pattern in the expectations of a file. */
interface PatternContext {
  readonly report: ReportAt;
  /** Below `$exactly`. */
  readonly isExact: boolean;
  /** The value of an object's key, which may be missing. */
  readonly isMember: boolean;
}

const NEEDS: Partial<Record<Rule['rule'], readonly TypeName[]>> = {
  min: ['number', 'integer'],
  max: ['number', 'integer'],
  near: ['number', 'integer'],
  matches: ['string'],
  length: ['string', 'array', 'object'],
};

/**
 * Compiles an expected value that is valid for the schema into a pattern; reports matchers that can never hold. `at`
 * is the value's JSON pointer.
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
    // YAML reads a bare null as the null value; here people mean the type name.
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

type Of<R extends Rule['rule']> = Extract<Rule, { rule: R }>;

/** Reports rules that no value can match: such a case would always fail, or test nothing. */
function checkRules(at: string, rules: readonly Rule[], context: PatternContext): void {
  for (const { key, why } of contradictions(rules, context)) {
    context.report(`${at}/${key}`, 'key', {
      rule: 'case-never-holds',
      message: 'no value can be like this',
      why,
      hint: `Correct or remove ${key}`,
    });
  }
}

interface Contradiction {
  readonly key: string;
  readonly why: string;
}

function contradictions(rules: readonly Rule[], context: PatternContext): Contradiction[] {
  return [...ofRange(rules), ...ofTypes(rules), ...ofPresence(rules, context)];
}

function ofRange(rules: readonly Rule[]): Contradiction[] {
  const near = find(rules, 'near');
  const min = Math.max(find(rules, 'min')?.than ?? -Infinity, near ? near.to - near.by : -Infinity);
  const max = Math.min(find(rules, 'max')?.than ?? Infinity, near ? near.to + near.by : Infinity);
  const key = find(rules, 'max') ? '$max' : find(rules, 'min') ? '$min' : '$near';
  if (min > max) return [{ key, why: `it would have to be at least ${min} and at most ${max}` }];
  const types = find(rules, 'type')?.types ?? [];
  const onlyIntegers = types.length > 0 && types.every((type) => type === 'integer');
  if (!onlyIntegers || Math.ceil(min) <= Math.floor(max)) return [];
  return [{ key, why: `there is no integer from ${min} to ${max}` }];
}

/** Each rule narrows the possible types; the rule after which none is left is reported. */
function ofTypes(rules: readonly Rule[]): Contradiction[] {
  let left: readonly TypeName[] | null = find(rules, 'type')?.types ?? null;
  for (const { rule } of rules) {
    const needed = NEEDS[rule];
    if (!needed) continue;
    const still: readonly TypeName[] =
      left === null ? needed : left.filter((one) => needed.includes(one));
    if (still.length === 0) {
      return [
        {
          key: `$${rule}`,
          why: `$${rule} asks for ${needed.join(' or ')}, the rest for another type`,
        },
      ];
    }
    left = still;
  }
  return [];
}

function ofPresence(rules: readonly Rule[], { isMember }: PatternContext): Contradiction[] {
  const any = find(rules, 'any');
  const not = find(rules, 'not');
  const length = find(rules, 'length');
  const found: Contradiction[] = [];
  if (any && !any.present && rules.length > 1) {
    found.push({ key: '$any', why: 'what is not there has no type and no size' });
  } else if (any && !any.present && !isMember) {
    found.push({ key: '$any', why: 'only the key of an object can be missing' });
  }
  if (not && isAnything(not)) {
    found.push({
      key: '$not',
      why: 'nothing is not anything; for a missing key write $any: false',
    });
  }
  if (length && isImpossibleLength(length)) {
    found.push({ key: '$length', why: 'a length is an integer from 0 up' });
  }
  return found;
}

function isAnything({ pattern }: Of<'not'>): boolean {
  return pattern.is === 'rules' && pattern.rules.every((one) => one.rule === 'any' && one.present);
}

function isImpossibleLength({ of }: Of<'length'>): boolean {
  if (of.is === 'equal') {
    return typeof of.value !== 'number' || !Number.isInteger(of.value) || of.value < 0;
  }
  if (of.is !== 'rules') return true;
  const max = find(of.rules, 'max');
  return max !== undefined && max.than < 0;
}

function find<R extends Rule['rule']>(rules: readonly Rule[], rule: R): Of<R> | undefined {
  return rules.find((one): one is Of<R> => one.rule === rule);
}
