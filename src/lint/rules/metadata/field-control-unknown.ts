import { closest } from '../../../model/closest.ts';
import { ownValue } from '../../../model/json/node.ts';
import type { Rule } from '../../engine/rule.ts';
import { fromViolations, lastStep } from '../../schema/symbol-metadata.ts';

/** In the documentation until 2024, but in no real file. */
const RENAMED: Readonly<Record<string, string>> = { 'text-area': 'textarea', 'list-box': 'select' };

export const fieldControlUnknown: Rule = {
  id: 'field-control-unknown',
  severity: 'warning',
  explanation: {
    means: 'The "control" of a property is none that the manager knows.',
    why: 'eKuiper passes the text on; the manager shows no input or a plain one. Known: text, textarea, number, select, radio, list, and for arguments of functions also field and checkbox. Old documentation names text-area and list-box, which no real file uses.',
    issues: ['#3164'],
    bad: '"control": "text-area"',
    good: '"control": "textarea"',
  },
  check: (subject) =>
    fromViolations(subject, (violation) => {
      if (violation.keyword !== 'enum' || lastStep(violation) !== 'control') return null;
      const written = violation.part.value;
      // Another rule reports a value that is not a string.
      if (typeof written !== 'string') return null;
      const known = listOf(violation.params['allowedValues']);
      const meant = ownValue(RENAMED, written) ?? closest(written, known);
      return {
        message: `"${written}" is no control`,
        effect: 'The manager does not know which input to show',
        hint: meant ? `Write "${meant}"` : `Write one of ${known.join(', ')}`,
      };
    }),
};

function listOf(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}
