import { wideUnits } from '../../../model/encoding/wide-units.ts';
import type { Rule } from '../../engine/rule.ts';
import { looksLike, saveAsUtf8, wrongEncoding } from '../../subject/encoding.ts';
import type { JsonFile } from '../../subject/subject.ts';
import { isEmptyFile, jsonFilesOf } from '../../subject/subject-files.ts';
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
    jsonFilesOf(subject).flatMap((file) => {
      if (file.fixed.ok || isEmptyFile(file)) return [];
      const { message, at } = file.fixed;
      return unreadable(subject, file, at, {
        message: `This is not JSON: ${message}`,
        hint: wideHint(file) ?? 'Correct the syntax here or just before',
      });
    }),
};

/** UTF-16 or UTF-32 without a byte order mark: Go fails at its zero bytes. */
function wideHint({ bytes, path }: JsonFile): string | null {
  if (wideUnits(bytes) === null) return null;
  const wrong = wrongEncoding(bytes);
  return wrong && `The file is not UTF-8; ${looksLike(wrong)}. ${saveAsUtf8(wrong, path)}`;
}
