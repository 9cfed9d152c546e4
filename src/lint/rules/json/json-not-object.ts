import { effectOfUnreadable, jsonFilesOf } from '../../json-files.ts';
import type { Report, Rule } from '../../rule.ts';

export const jsonNotObject: Rule = {
  id: 'json-not-object',
  severity: 'error',
  explanation: {
    means: 'A manifest or symbol file holds something else than one JSON object.',
    why: 'eKuiper decodes the file into a struct: an array, text or number at the top leaves it empty or is refused.',
    issues: [],
    bad: '[ { "about": { … } } ]',
    good: '{ "about": { … } }',
  },
  check(subject): Report[] {
    return jsonFilesOf(subject).flatMap((file) => {
      if (!file.mended.ok || file.mended.root.type === 'object') return [];
      const { root } = file.mended;
      const words = `json: cannot unmarshal ${root.type === 'boolean' ? 'bool' : root.type} into Go value`;
      return [
        {
          file: file.path,
          at: { start: root.start, end: root.start + 1 },
          message: `The file holds ${root.type === 'array' ? 'an' : 'a'} ${root.type}, not an object`,
          effect: effectOfUnreadable(subject, file, words),
          hint: 'Put one object { … } at the top',
        },
      ];
    });
  },
};
