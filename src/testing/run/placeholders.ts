import type { ErrorExpectation, Settings } from '../case/case.ts';
import type { Pattern } from '../case/pattern.ts';
import { mapTexts } from '../expect/map-texts.ts';

/** What `{dir}`, `{http}` and `{project}` stand for; a name without a value stays as it is. */
export type Placeholders = Readonly<Partial<Record<'dir' | 'http' | 'project', string>>>;

/** Puts the values into everything of a case that holds text. */
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

/** Whether `{http}` stands anywhere in the settings. */
export function mentionsHttp(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('{http}');
}
