import { has } from '../../../model/behaviours.ts';
import type { Rule } from '../../engine/rule.ts';
import {
  fromViolations,
  isPropertiesShape,
  lastStep,
  typeWords,
} from '../../schema/symbol-metadata.ts';

export const sourcePropertiesShape: Rule = {
  id: 'source-properties-shape',
  severity: 'error',
  explanation: {
    means:
      'The "properties" of a source are no object of lists: a list as for a sink, or something like "node" inside.',
    why: 'eKuiper decodes them as groups, each a list of properties, and drops the error. A list gives a source without properties, and on 2.x its YAML is ignored as a whole. "node" inside becomes a group with nothing in it, and the node itself is lost.',
    issues: [],
    bad: '"properties": { "default": [], "node": { "category": "source" } }',
    good: '"properties": { "default": [] }, "node": { "category": "source" }',
  },
  check: (subject) =>
    fromViolations(subject, (violation, file) => {
      const { keyword, path, part } = violation;
      if (file.symbol.kind !== 'source' || keyword !== 'type') return null;
      if (!isPropertiesShape(violation, file)) return null;
      const step = lastStep(violation);
      if (path.length === 2) {
        return {
          message: `The group "${step}" of "properties" must be a list, not ${typeWords(part.node.type)}`,
          effect:
            step === 'node'
              ? 'eKuiper shows a group "node" with nothing in it, and no node'
              : `eKuiper shows a group "${step}" with nothing in it`,
          hint:
            step === 'node'
              ? 'Move "node" one level up, beside "properties"'
              : `Make "${step}" a list of properties`,
        };
      }
      return {
        message: `"properties" of a source must be an object of groups, not ${typeWords(part.node.type)}`,
        effect: `eKuiper shows no properties${has(subject.target, 'lowers-yaml-keys') ? `, and silently ignores the whole of sources/${file.symbol.name}.yaml` : ''}`,
        hint: 'Write "properties": { "default": [ … ] }',
      };
    }),
};
