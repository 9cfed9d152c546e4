import type { ErrorExpectation, Pattern, Rule, Settings } from '../case/case.ts';

/** The values of `{dir}`, `{http}` and `{project}`; a name without a value stays as it is. */
type Placeholders = Readonly<Partial<Record<'dir' | 'http' | 'project', string>>>;

/** Replaces the placeholders in every text of a case. */
export class Fill {
  readonly #values: Placeholders;

  constructor(values: Placeholders) {
    this.#values = values;
  }

  text(text: string): string {
    const { dir, http, project } = this.#values;
    return text.replace(/\{(dir|http|project)\}/g, (whole, name: string) => {
      return (name === 'dir' ? dir : name === 'http' ? http : project) ?? whole;
    });
  }

  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.value(one)]));
  }

  values(values: readonly unknown[]): unknown[] {
    return values.map((value) => this.value(value));
  }

  settings(settings: Settings): Settings {
    return Object.fromEntries(Object.entries(settings).map(([key, one]) => [key, this.value(one)]));
  }

  pattern(pattern: Pattern): Pattern {
    return mapTexts(pattern, (text) => this.text(text));
  }

  error(error: ErrorExpectation): ErrorExpectation {
    if (error.is === 'any') return error;
    if (error.is === 'contains') return { is: 'contains', text: this.text(error.text) };
    return { is: 'pattern', pattern: this.pattern(error.pattern) };
  }
}

/** Whether the settings contain `{http}`. */
export function mentionsHttp(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('{http}');
}

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
