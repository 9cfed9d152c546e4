import type { Pattern, Rule } from '../case/pattern.ts';

/** Returns a pattern with every expected text (not keys, not regular expressions) replaced by `change`. */
export function mapTexts(pattern: Pattern, change: (text: string) => string): Pattern {
  switch (pattern.is) {
    case 'equal': {
      const { value } = pattern;
      return typeof value === 'string' ? { is: 'equal', value: change(value) } : pattern;
    }
    case 'list':
      return { is: 'list', items: pattern.items.map((item) => mapTexts(item, change)) };
    case 'object': {
      const members = [...pattern.members].map(
        ([key, one]) => [key, mapTexts(one, change)] as const,
      );
      return { ...pattern, members: new Map(members) };
    }
    case 'rules':
      return { is: 'rules', rules: pattern.rules.map((rule) => mapRule(rule, change)) };
  }
}

function mapRule(rule: Rule, change: (text: string) => string): Rule {
  if (rule.rule === 'not') return { rule: 'not', pattern: mapTexts(rule.pattern, change) };
  return rule;
}
