import type { Rule } from '../../engine/rule.ts';
import { isEmptyFile, jsonFilesOf } from '../../subject/subject-files.ts';
import { unreadable } from './unreadable.ts';

const EVERYTHING = { start: 0, end: 1 };

export const jsonEmpty: Rule = {
  id: 'json-empty',
  severity: 'error',
  explanation: {
    means: 'A JSON file is empty.',
    why: 'An empty text is no JSON: Go says "unexpected end of JSON input". One empty file in functions/ breaks the list of all functions.',
    issues: [],
    bad: '(nothing)',
    good: '{ "about": { … }, "functions": [] }',
  },
  check: (subject) =>
    jsonFilesOf(subject)
      .filter(isEmptyFile)
      .map((file) =>
        unreadable(subject, file, EVERYTHING, {
          message: 'The file is empty',
          hint: 'Fill it (kplugin schema shows what to put in it), or delete it',
        }),
      ),
};
