import { closest } from '../../../model/closest.ts';
import type { Rule } from '../../engine/rule.ts';
import type { GoValue } from '../../schema/go-value.ts';
import {
  effectOfUnknownKey,
  fromViolations,
  type Violation,
} from '../../schema/symbol-metadata.ts';

const ABOUT = ['trial', 'author', 'helpUrl', 'description'];
const FIELD = ['name', 'optional', 'control', 'type', 'hint', 'label', 'default', 'values'];
const FUNCTION = ['name', 'example', 'hint', 'aggregate', 'args', 'return', 'node', 'outputs'];
const ARGUMENT = [...FIELD, 'hidden', 'placeholder'];
const LANGUAGE = ['en_US', 'zh_CN'];

export const metadataUnknownKey: Rule = {
  id: 'metadata-unknown-key',
  severity: 'warning',
  explanation: {
    means: 'A symbol file has a key that nothing reads: a misspelt one, or one from another tool.',
    why: 'Go ignores keys that its struct does not have. What was meant is missing, and nobody says so. Of translations eKuiper knows en_US and zh_CN only.',
    issues: [],
    bad: '{ "name": "interval", "lable": { … } }',
    good: '{ "name": "interval", "label": { … } }',
  },
  check: (subject) =>
    fromViolations(subject, (violation, file) => {
      if (violation.keyword !== 'additionalProperties') return null;
      const { key, part } = violation;
      const known = knownKeys(violation);
      const meant = closest(
        key,
        known.filter((one) => !part.under.has(one)),
      );
      const language = known === LANGUAGE;
      return {
        message: meant ? `"${key}" is unknown; "${meant}" was meant?` : `"${key}" is unknown here`,
        effect: language
          ? 'eKuiper drops every language but en_US and zh_CN'
          : effectOfUnknownKey(file),
        hint: meant ? `Rename it to "${meant}"` : `Remove it; known here: ${known.join(', ')}`,
      };
    }),
};

function knownKeys({ part, path }: Violation): readonly string[] {
  const last = path.at(-1) ?? '';
  if (['hint', 'label', 'description', 'helpUrl'].includes(last)) return LANGUAGE;
  if (path.length === 0) return rootKeys(part);
  if (last === 'about') return ABOUT;
  if (last === 'author') return ['name', 'email', 'company', 'website'];
  if (last === 'return') return ['type', 'hint'];
  if (last === 'dataSource') return ['default', 'hint', 'label'];
  if (path[0] === 'properties') return FIELD;
  return path.length === 2 ? FUNCTION : ARGUMENT;
}

function rootKeys(root: GoValue): string[] {
  if (root.under.has('functions')) return ['about', 'functions', 'name', 'libs'];
  return ['about', 'properties', 'node', 'dataSource', 'libs'];
}
