import type { Rule } from '../../engine/rule.ts';
import { flawReports } from './unreadable.ts';

export const jsonComment: Rule = {
  id: 'json-comment',
  severity: 'error',
  explanation: {
    means: 'The JSON holds a comment.',
    why: "Go's JSON decoder knows no comments: the first one ends the reading with an error.",
    issues: [],
    bad: '{ "version": "1.0.0" } // first release',
    good: '{ "version": "1.0.0" }',
  },
  check: (subject) =>
    flawReports(subject, 'comment', () => ({
      message: 'JSON has no comments',
      hint: 'Remove the comment',
    })),
};
