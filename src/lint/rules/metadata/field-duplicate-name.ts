import type { Report, Rule } from '../../engine/rule.ts';
import { fieldListsOf, placeUnder, textUnder } from '../../schema/symbol-metadata.ts';

export const fieldDuplicateName: Rule = {
  id: 'field-duplicate-name',
  severity: 'error',
  explanation: {
    means: 'Two properties of one list have the same name.',
    why: 'Both describe the same key of the configuration; the manager shows it twice and keeps the value of one.',
    issues: [],
    bad: '[{ "name": "url", … }, { "name": "url", … }]',
    good: '[{ "name": "url", … }, { "name": "backupUrl", … }]',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) =>
      fieldListsOf(file).flatMap(({ fields }) => {
        const seen = new Set<string>();
        return fields.flatMap((field): Report[] => {
          const name = textUnder(field, 'name');
          if (name === '' || !seen.has(name)) {
            seen.add(name);
            return [];
          }
          return [
            {
              file: file.path,
              at: placeUnder(field, 'name'),
              message: `The property "${name}" is already described above`,
              effect: 'The manager shows it twice and keeps the value of one',
              hint: 'Remove or rename one of them',
            },
          ];
        });
      }),
    ),
};
