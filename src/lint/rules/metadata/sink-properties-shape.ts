import type { Rule } from '../../engine/rule.ts';
import { effectOfWrongType, fromViolations, typeWords } from '../../schema/symbol-metadata.ts';

export const sinkPropertiesShape: Rule = {
  id: 'sink-properties-shape',
  severity: 'error',
  explanation: {
    means: 'The "properties" of a sink are no list: an object of groups as for a source, perhaps.',
    why: 'eKuiper refuses the whole file: cannot unmarshal object into … of type []*meta.fileField.',
    issues: [],
    bad: '"properties": { "default": [{ "name": "url", … }] }',
    good: '"properties": [{ "name": "url", … }]',
  },
  check: (subject) =>
    fromViolations(subject, ({ keyword, path, part }, file) => {
      if (file.symbol.kind !== 'sink' || keyword !== 'type') return null;
      if (path.length !== 1 || path[0] !== 'properties') return null;
      return {
        message: `"properties" of a sink must be a list, not ${typeWords(part.node.type)}`,
        effect: effectOfWrongType(file),
        hint: part.under.has('default')
          ? 'Take the list out of "default": "properties": [ … ]'
          : 'Write "properties": [ … ]',
      };
    }),
};
