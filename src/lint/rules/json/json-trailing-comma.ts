import type { Rule } from '../../engine/rule.ts';
import { flawReports } from './unreadable.ts';

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
    flawReports(subject, 'trailing-comma', () => ({
      message: 'There is nothing after this comma',
      hint: 'Remove the comma',
    })),
};
