import { ownValue } from '../../../model/json/node.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { fieldsOf, fieldTitle, placeUnder, textUnder } from '../../schema/symbol-metadata.ts';

/** The types that each control edits: those in real files, and the ones that follow from them. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  text: ['string', 'int', 'float', 'number'],
  textarea: ['string'],
  number: ['int', 'float', 'number'],
  select: ['string', 'int', 'float', 'list_string', 'list_int', 'list_float'],
  radio: ['bool'],
  list: ['list_string', 'list_int', 'list_float', 'list_object', 'object', 'array'],
};

const TYPES = new Set(Object.values(PAIRS).flat());

export const fieldOddPair: Rule = {
  id: 'field-odd-pair',
  severity: 'warning',
  explanation: {
    means: 'The "control" of a property cannot edit its "type".',
    why: 'The manager picks the input by the control and converts by the type: a bool in a text input arrives as a text.',
    issues: [],
    bad: '"control": "text", "type": "bool"',
    good: '"control": "radio", "type": "bool"',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) =>
      fieldsOf(file).flatMap((field): Report[] => {
        const control = textUnder(field, 'control');
        const type = textUnder(field, 'type');
        const fitting = ownValue(PAIRS, control);
        if (!fitting || !TYPES.has(type) || fitting.includes(type)) return [];
        const controls = Object.keys(PAIRS).filter((one) => PAIRS[one]?.includes(type));
        return [
          {
            file: file.path,
            at: placeUnder(field, 'control'),
            message: `In ${fieldTitle(field)} the control "${control}" does not go with the type "${type}"`,
            effect: 'The manager shows an input that cannot give such a value',
            hint: `Write "control": ${controls.map((one) => `"${one}"`).join(' or ')}`,
          },
        ];
      }),
    ),
};
