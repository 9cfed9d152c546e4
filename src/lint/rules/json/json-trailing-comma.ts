import type { Rule } from '../../rule.ts';
import { unreadable } from './unreadable.ts';

export const jsonTrailingComma: Rule = {
  id: 'json-trailing-comma',
  severity: 'error',
  explanation: {
    means: 'There is a comma after the last element of an array or the last member of an object.',
    why: "Go's JSON decoder expects another element after a comma and fails.",
    issues: [],
    bad: '{ "functions": ["echo",] }',
    good: '{ "functions": ["echo"] }',
  },
  check: (subject) =>
    unreadable(subject, 'trailing-comma', {
      message: () => 'There is a comma before this bracket',
      hint: 'Remove the comma before it',
    }),
};
