import type { Report, Rule } from '../../engine/rule.ts';
import { fieldsOf, fieldTitle, typeWords } from '../../schema/symbol-metadata.ts';

export const fieldListDefault: Rule = {
  id: 'field-list-default',
  severity: 'error',
  explanation: {
    means: 'The "default" of a property is a list of plain values.',
    why: "eKuiper takes a list there for nested properties and decodes each item as one: '[0]' expected a map, got 'string'. The whole file is refused. A list cannot be given as a default.",
    issues: [],
    bad: '{ "name": "topics", "type": "list_string", "default": ["a", "b"] }',
    good: '{ "name": "topics", "type": "list_string", "default": [] }',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) =>
      fieldsOf(file).flatMap((field): Report[] => {
        const node = field.under.get('default')?.node;
        if (node?.type !== 'array') return [];
        const index = node.items.findIndex(({ type }) => type !== 'object' && type !== 'null');
        const item = node.items[index];
        if (!item) return [];
        return [
          {
            file: file.path,
            at: { start: item.start, end: item.end },
            message: `The default of ${fieldTitle(field)} holds ${typeWords(item.type)}, where eKuiper expects nested properties`,
            effect: `eKuiper refuses the whole file ("'[${index}]' expected a map, got '${goType(item.type)}'"): no metadata`,
            hint: 'Write "default": [] and name the usual values in "hint"',
          },
        ];
      }),
    ),
};

function goType(type: string): string {
  if (type === 'number') return 'float64';
  return type === 'boolean' ? 'bool' : type === 'array' ? 'slice' : type;
}
