import type { Report, Rule } from '../../engine/rule.ts';
import { fieldsOf, fieldTitle, fromViolations, textUnder } from '../../schema/symbol-metadata.ts';
import type { Subject } from '../../subject/subject.ts';

export const fieldSelectValues: Rule = {
  id: 'field-select-values',
  severity: 'warning',
  explanation: {
    means: 'A select has no "values", or its default is none of them.',
    why: 'The manager offers the values and nothing else: without them there is nothing to choose.',
    issues: [],
    bad: '"control": "select", "type": "string", "default": "a"',
    good: '"control": "select", "type": "string", "default": "a", "values": ["a", "b"]',
  },
  check: (subject) => [...withoutValues(subject), ...defaultNotOffered(subject)],
};

function withoutValues(subject: Subject): Report[] {
  return fromViolations(subject, ({ keyword, key }) =>
    keyword === 'required' && key === 'values'
      ? {
          message: 'A select without "values"',
          effect: 'The manager has nothing to offer',
          hint: 'Add "values": ["a", "b"]',
        }
      : null,
  );
}

function defaultNotOffered(subject: Subject): Report[] {
  return subject.symbolFiles.flatMap((file) =>
    fieldsOf(file).flatMap((field): Report[] => {
      const values = field.under.get('values')?.value;
      const preset = field.under.get('default');
      if (textUnder(field, 'control') !== 'select' || !Array.isArray(values) || !preset) return [];
      const { value, node } = preset;
      const isPlain = typeof value !== 'object' && value !== '';
      if (!isPlain || values.length === 0 || values.includes(value)) return [];
      return [
        {
          file: file.path,
          at: { start: node.start, end: node.end },
          message: `The default of ${fieldTitle(field)} is none of its values`,
          effect: 'The manager shows a choice that cannot be chosen',
          hint: `Take one of ${values.map((one) => JSON.stringify(one)).join(', ')}`,
        },
      ];
    }),
  );
}
