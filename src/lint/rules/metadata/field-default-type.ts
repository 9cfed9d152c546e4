import { type JsonNode, ownValue } from '../../../model/json/node.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { GoValue } from '../../schema/go-value.ts';
import { fieldsOf, fieldTitle, textUnder } from '../../schema/symbol-metadata.ts';

type Fits = (node: JsonNode) => boolean;

const isWhole: Fits = (node) => node.type === 'number' && Number.isInteger(node.value);
const isNumber: Fits = (node) => node.type === 'number';
const isList: Fits = (node) => node.type === 'array';

const FITS: Readonly<Record<string, { readonly fits: Fits; readonly wanted: string }>> = {
  string: { fits: (node) => node.type === 'string', wanted: 'a text' },
  int: { fits: isWhole, wanted: 'a whole number' },
  float: { fits: isNumber, wanted: 'a number' },
  number: { fits: isNumber, wanted: 'a number' },
  bool: { fits: (node) => node.type === 'boolean', wanted: 'true or false' },
  list_string: { fits: isList, wanted: 'a list; write []' },
  list_int: { fits: isList, wanted: 'a list; write []' },
  list_float: { fits: isList, wanted: 'a list; write []' },
  list_object: { fits: isList, wanted: 'a list of properties' },
  array: { fits: isList, wanted: 'a list; write []' },
  object: { fits: isObjectDefault, wanted: 'an object of properties: { "key": { "name": … } }' },
};

export const fieldDefaultType: Rule = {
  id: 'field-default-type',
  severity: 'warning',
  explanation: {
    means: 'The "default" of a property does not fit its "type".',
    why: 'eKuiper passes the default on as it is. The manager fills it in, and the plugin gets a text where it expects a number.',
    issues: [],
    bad: '"type": "int", "default": "1000"',
    good: '"type": "int", "default": 1000',
  },
  check: (subject) =>
    subject.symbolFiles.flatMap((file) =>
      fieldsOf(file).flatMap((field): Report[] => {
        const type = textUnder(field, 'type');
        const wanted = ownValue(FITS, type);
        const node = field.under.get('default')?.node;
        if (!wanted || !node || wanted.fits(node) || isLeftOpen(field, node)) return [];
        return [
          {
            file: file.path,
            at: { start: node.start, end: node.end },
            message: `The default of ${fieldTitle(field)} does not fit its type "${type}"`,
            effect: 'The manager fills it in as it is, and the plugin gets a value of another type',
            hint: `Make it ${wanted.wanted}`,
          },
        ];
      }),
    ),
};

/** A select may have no default selection. */
function isLeftOpen(field: GoValue, node: JsonNode): boolean {
  return textUnder(field, 'control') === 'select' && node.type === 'string' && node.value === '';
}

function isObjectDefault(node: JsonNode): boolean {
  if (node.type === 'array') return true;
  return node.type === 'object' && node.members.every(({ value }) => value.type === 'object');
}
