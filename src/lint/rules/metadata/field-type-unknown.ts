import { closest } from '../../../model/closest.ts';
import { ownValue } from '../../../model/json/node.ts';
import type { Rule } from '../../engine/rule.ts';
import { fromViolations, lastStep } from '../../schema/symbol-metadata.ts';

const RENAMED: Readonly<Record<string, string>> = {
  boolean: 'bool',
  integer: 'int',
  bigint: 'int',
  double: 'float',
  str: 'string',
  list: 'list_string',
  map: 'object',
};

export const fieldTypeUnknown: Rule = {
  id: 'field-type-unknown',
  severity: 'warning',
  explanation: {
    means: 'The "type" of a property or argument is none that the manager knows.',
    why: 'eKuiper passes the text on; the manager cannot check or convert what is typed in. Known: string, int, float, bool, list_string, list_int, list_float, list_object, object.',
    issues: [],
    bad: '"type": "integer"',
    good: '"type": "int"',
  },
  check: (subject) =>
    fromViolations(subject, (violation) => {
      if (violation.keyword !== 'enum' || lastStep(violation) !== 'type') return null;
      const written = violation.part.value;
      // Another rule reports a value that is not a string.
      if (typeof written !== 'string') return null;
      const allowed = violation.params['allowedValues'];
      const known = Array.isArray(allowed) ? allowed.map(String) : [];
      const renamed = ownValue(RENAMED, written.toLowerCase());
      const meant = renamed && known.includes(renamed) ? renamed : closest(written, known);
      return {
        message: `"${written}" is no type`,
        effect: 'The manager cannot check or convert the value',
        hint: meant ? `Write "${meant}"` : `Write one of ${known.join(', ')}`,
      };
    }),
};
