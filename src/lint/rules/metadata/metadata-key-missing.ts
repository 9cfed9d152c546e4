import type { Rule } from '../../engine/rule.ts';
import { fromViolations, type Violation } from '../../schema/symbol-metadata.ts';

/** Keys whose absence another rule reports. */
const OTHERS = new Set(['about', 'en_US', 'zh_CN', 'values', 'functions']);

const PURPOSE: Readonly<Record<string, string>> = {
  author: 'The manager shows no author',
  description: 'The manager shows no description',
  company: 'The manager shows no company',
  control: 'The manager does not know which input to show',
  type: 'The manager does not know the type of the value',
  optional: 'eKuiper takes it for "optional": false (old documentation says true)',
  hint: 'The manager shows no help, and some flow editors fail on it',
  label: 'The manager shows no name, and some flow editors fail on it',
  example: 'The manager shows no example of a call',
  properties: 'The manager shows no properties',
};

export const metadataKeyMissing: Rule = {
  id: 'metadata-key-missing',
  severity: 'warning',
  explanation: {
    means: 'A symbol file lacks a key that every real file has and the manager shows.',
    why: 'eKuiper takes an empty value for it. The manager shows less than it could; a public flow editor reads hint and label without looking whether they are there.',
    issues: ['#3527'],
    bad: '{ "name": "interval", "control": "text", "type": "int" }',
    good: '{ "name": "interval", "optional": true, "control": "text", "type": "int", "hint": { … }, "label": { … } }',
  },
  check: (subject) =>
    fromViolations(subject, (violation, file) => {
      const { keyword, key } = violation;
      if (keyword !== 'required' || OTHERS.has(key) || isSpokenOf(violation, file.symbol.kind)) {
        return null;
      }
      return {
        message: `${titleOf(violation)} has no "${key}"`,
        effect: PURPOSE[key] ?? 'The manager shows nothing for it',
        hint: `Add "${key}"`,
      };
    }),
};

/** Other rules report a field or function without a name, and a source without properties. */
function isSpokenOf({ key, path }: Violation, kind: string): boolean {
  if (key === 'properties') return kind === 'source';
  return key === 'name' && path.at(-1) !== 'author';
}

function titleOf({ part, path }: Violation): string {
  const name = part.under.get('name')?.value;
  const last = path.at(-1);
  if (typeof name === 'string' && last !== 'author') return `"${name}"`;
  return last === undefined ? 'The file' : /^\d+$/.test(last) ? 'This entry' : `"${last}"`;
}
