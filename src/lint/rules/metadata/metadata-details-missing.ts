import type { Report, Rule } from '../../engine/rule.ts';
import type { GoValue } from '../../schema/go-value.ts';
import { fieldsOf, fieldTitle, goValueOf, textUnder } from '../../schema/symbol-metadata.ts';
import type { SymbolFile } from '../../subject/subject.ts';

export const metadataDetailsMissing: Rule = {
  id: 'metadata-details-missing',
  severity: 'info',
  explanation: {
    means:
      'Metadata that nearly every real file has: trial, e-mail, website, help, defaults, arguments.',
    why: 'eKuiper works without it; the manager shows an empty place.',
    issues: [],
    bad: '"about": { "author": { "name": "Jane", "company": "Example Ltd" } }',
    good: '"about": { "trial": false, "author": { …, "email": "jane@example.com", "website": "https://example.com" }, "helpUrl": { … } }',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) => [
      ...aboutDetails(file),
      ...fieldsOf(file).flatMap((field) => fieldDetails(file, field)),
      ...functionDetails(file),
    ]),
};

function aboutDetails(file: SymbolFile): Report[] {
  const about = goValueOf(file)?.under.get('about');
  if (about?.node.type !== 'object') return [];
  const author = about.under.get('author');
  const missing = [
    ...['trial', 'helpUrl'].filter((key) => !about.under.has(key)),
    ...(author?.node.type === 'object'
      ? ['email', 'website'].filter((key) => !author.under.has(key)).map((key) => `author.${key}`)
      : []),
  ];
  if (missing.length === 0) return [];
  return [lacks(file, about, '"about"', missing)];
}

function fieldDetails(file: SymbolFile, field: GoValue): Report[] {
  if (field.under.has('default')) return [];
  const title = fieldTitle(field);
  return [lacks(file, field, `${title[0]?.toUpperCase()}${title.slice(1)}`, ['default'])];
}

function functionDetails(file: SymbolFile): Report[] {
  if (file.symbol.kind !== 'function') return [];
  const list = [...(goValueOf(file)?.under.get('functions')?.under.values() ?? [])];
  return list
    .filter(({ node }) => node.type === 'object')
    .flatMap((one) => {
      const missing = ['args', 'return', 'node'].filter((key) => !one.under.has(key));
      if (missing.length === 0) return [];
      return [lacks(file, one, `"${textUnder(one, 'name') || '?'}"`, missing)];
    });
}

function lacks(file: SymbolFile, part: GoValue, title: string, missing: readonly string[]): Report {
  const { node, member } = part;
  return {
    file: file.path,
    at: member?.keySpan ?? { start: node.start, end: node.start + 1 },
    message: `${title} has no ${missing.join(', ')}`,
    effect: 'The manager shows an empty place',
    hint: `Add ${missing.join(', ')}, where you have something to say`,
  };
}
