import type { ErrorExpectation, Pattern, Rule, Settings } from '../case/case.ts';

const NAMES = ['dir', 'http', 'port', 'project', 'python'] as const;

/** The values of `{dir}`, `{http}` and so on; a name without a value stays as it is. */
export type Placeholders = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

const PLACEHOLDER = new RegExp(`\\{(${NAMES.join('|')})\\}`, 'g');

/** Replaces the placeholders in every text of a case. */
export class Fill {
  readonly #values: ReadonlyMap<string, string | undefined>;

  constructor(values: Placeholders) {
    this.#values = new Map(Object.entries(values));
  }

  text(text: string): string {
    return text.replace(PLACEHOLDER, (whole, name: string) => this.#values.get(name) ?? whole);
  }

  texts(texts: readonly string[]): string[] {
    return texts.map((text) => this.text(text));
  }

  value(value: unknown): unknown {
    if (typeof value === 'string') return this.#typed(value);
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
    return mapTexts(pattern, (text) => this.#typed(text));
  }

  /** A port is a number where nothing else stands in the text. */
  #typed(text: string): string | number {
    const port = text === '{port}' ? this.#values.get('port') : undefined;
    return port === undefined ? this.text(text) : Number(port);
  }

  error(error: ErrorExpectation): ErrorExpectation {
    if (error.is === 'any') return error;
    if (error.is === 'contains') return { is: 'contains', text: this.text(error.text) };
    return { is: 'pattern', pattern: this.pattern(error.pattern) };
  }
}

/** Whether a value contains a placeholder, such as `{http}`. */
export function mentions(value: unknown, placeholder: '{http}' | '{port}'): boolean {
  return JSON.stringify(value ?? null).includes(placeholder);
}

/** Returns a pattern with every expected text (not keys, not regular expressions) replaced by `change`. */
export function mapTexts(pattern: Pattern, change: (text: string) => string | number): Pattern {
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

function mapRule(rule: Rule, change: (text: string) => string | number): Rule {
  if (rule.rule === 'not') return { rule: 'not', pattern: mapTexts(rule.pattern, change) };
  return rule;
}
