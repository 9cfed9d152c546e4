import type { Pattern, Rule } from '../case/case.ts';

/** The maximum number of characters shown of a value. */
const WIDTH = 400;

/** A value as JSON, truncated when it is long. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  return cut(JSON.stringify(value) ?? String(value));
}

/** A pattern as text and JSON: `an integer from 1 to 5`, `"olleh"`, `{"count":an integer}`. */
export function showPattern(pattern: Pattern): string {
  return cut(words(pattern));
}

function words(pattern: Pattern): string {
  switch (pattern.is) {
    case 'equal':
      return JSON.stringify(pattern.value);
    case 'list':
      return `[${pattern.items.map(words).join(',')}]`;
    case 'object': {
      const members = [...pattern.members].map(
        ([key, one]) => `${JSON.stringify(key)}:${words(one)}`,
      );
      return `${pattern.isExact ? 'exactly ' : ''}{${members.join(',')}}`;
    }
    case 'rules':
      return ruleWords(pattern.rules);
  }
}

function ruleWords(rules: readonly Rule[]): string {
  const [type, ...others] = [...rules].sort((a, b) => rank(a) - rank(b));
  const isTyped = type?.rule === 'type';
  const rest = isTyped ? others : [...rules];
  const subject = isTyped ? type.types.map(withArticle).join(' or ') : subjectOf(rest);
  return [subject, ...rest.map(oneRule)].filter((part) => part !== '').join(' ');
}

function rank({ rule }: Rule): number {
  return rule === 'type' ? 0 : 1;
}

/** The type that the other rules imply. */
function subjectOf(rules: readonly Rule[]): string {
  const kinds = new Set(rules.map(({ rule }) => rule));
  if (kinds.has('min') || kinds.has('max') || kinds.has('near')) return 'a number';
  if (kinds.has('matches')) return 'a string';
  return kinds.has('length') ? 'something' : '';
}

function oneRule(rule: Rule): string {
  switch (rule.rule) {
    case 'type':
      return rule.types.map(withArticle).join(' or ');
    case 'min':
      return `from ${rule.than}`;
    case 'max':
      return `up to ${rule.than}`;
    case 'near':
      return `within ${rule.by} of ${rule.to}`;
    case 'matches':
      return `that matches ${rule.expression}`;
    case 'length':
      return `with a length of ${words(rule.of)}`;
    case 'any':
      return rule.present ? 'anything' : 'no such key';
    case 'not':
      return `anything but ${words(rule.pattern)}`;
  }
}

function withArticle(type: string): string {
  if (type === 'null') return type;
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function cut(text: string): string {
  if (text.length <= WIDTH) return text;
  return `${text.slice(0, WIDTH)}… (${text.length} characters)`;
}
