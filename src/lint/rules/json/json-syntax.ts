import type { Rule } from '../../rule.ts';
import { unreadable } from './unreadable.ts';

export const jsonSyntax: Rule = {
  id: 'json-syntax',
  severity: 'error',
  explanation: {
    means: 'The file is not JSON as Go reads it.',
    why: 'A manifest with a syntax error is refused. Of a symbol file eKuiper keeps nothing and says nothing: the install still answers 201.',
    issues: [],
    bad: "{ 'version': '1.0.0' }",
    good: '{ "version": "1.0.0" }',
  },
  check: (subject) =>
    unreadable(subject, 'other', {
      message: (said) => `This is not JSON: ${said}`,
      hint: 'Mend the syntax here or just before',
    }),
};
