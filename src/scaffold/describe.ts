import type { Answers } from './answers.ts';

/** One sentence without its full stop, in the two languages of eKuiper's manager. */
export interface Description {
  readonly en: string;
  readonly zh: string;
}

/** The description of the plugin: the author's text (in both languages, to be translated), or its name. */
export function describe({
  name,
  description,
}: Pick<Answers, 'name' | 'description'>): Description {
  const words = description.trim().replace(/[.。]{1,99}$/u, '');
  if (words !== '') return { en: words, zh: words };
  return { en: `Portable plugin ${name}`, zh: `可移植插件 ${name}` };
}
