import type { JsonNode } from '../../../model/json/node.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { JsonFile, Subject } from '../../subject/subject.ts';
import { effectOfUnreadable, jsonFilesOf, symbolFileAt } from '../../subject/subject-files.ts';

export const jsonNotObject: Rule = {
  id: 'json-not-object',
  severity: 'error',
  explanation: {
    means: 'A manifest or symbol file holds something else than one JSON object.',
    why: 'eKuiper decodes the file into a struct: an array, text or number at the top is refused, and null leaves the struct empty.',
    issues: [],
    bad: '[ { "about": { … } } ]',
    good: '{ "about": { … } }',
  },
  check(subject): Report[] {
    return jsonFilesOf(subject).flatMap((file) => {
      if (!file.fixed.ok || file.fixed.root.type === 'object') return [];
      const { root } = file.fixed;
      return [
        {
          file: file.path,
          at: { start: root.start, end: root.start + 1 },
          message: `The file holds ${root.type === 'array' ? 'an' : 'a'} ${root.type}, not an object`,
          effect: effectOf(subject, file, root),
          hint: 'Put one object { … } at the top',
        },
      ];
    });
  },
};

function effectOf(subject: Subject, file: JsonFile, root: JsonNode): string {
  const symbol = symbolFileAt(subject, file.path)?.symbol ?? null;
  // eKuiper concatenates these files without decoding them, and this one is valid JSON.
  if (symbol?.kind === 'function') return 'The manager cannot list the functions of this file';
  if (root.type !== 'null') {
    const type = root.type === 'boolean' ? 'bool' : root.type;
    return effectOfUnreadable(subject, file, `json: cannot unmarshal ${type} into Go value`);
  }
  // encoding/json accepts null for any struct; eKuiper then fails at the first missing value.
  const missing = symbol === null ? 'invalid plugin, missing language' : 'not found about of …';
  return effectOfUnreadable(subject, file, missing);
}
