import type { Rule } from '../../engine/rule.ts';
import { fromViolations } from '../../schema/symbol-metadata.ts';

export const functionListMissing: Rule = {
  id: 'function-list-missing',
  severity: 'error',
  explanation: {
    means: 'A file in functions/ has no list "functions".',
    why: 'eKuiper passes the file on untouched in GET /metadata/functions. Whoever shows that list reads "functions" of every file and fails on this one.',
    issues: [],
    bad: '{ "about": { … }, "name": "echo" }',
    good: '{ "about": { … }, "functions": [{ "name": "echo", … }] }',
  },
  check: (subject) =>
    fromViolations(subject, ({ keyword, key, path }) =>
      keyword === 'required' && key === 'functions' && path.length === 0
        ? {
            message: 'There is no list "functions"',
            effect: 'The manager fails on the list of functions',
            hint: 'Add "functions": [{ "name": …, "example": …, "hint": … }]',
          }
        : null,
    ),
};
