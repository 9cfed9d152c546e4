import type { Rule } from '../../engine/rule.ts';
import { fromViolations } from '../../schema/symbol-metadata.ts';

export const metadataNameMissing: Rule = {
  id: 'metadata-name-missing',
  severity: 'error',
  explanation: {
    means: 'A property or a described function has no name, or an empty one.',
    why: 'The name is the key in the configuration, or the function in SQL. Without it eKuiper keeps an entry that belongs to nothing, and the value in the YAML loses its letter case.',
    issues: [],
    bad: '{ "name": "", "control": "text", "type": "string" }',
    good: '{ "name": "url", "control": "text", "type": "string" }',
  },
  check: (subject) =>
    fromViolations(subject, ({ keyword, key, path }, file) => {
      const last = path.at(-1) ?? '';
      const missing = keyword === 'required' && key === 'name' && last !== 'author';
      const empty = keyword === 'pattern' && last === 'name';
      if (!missing && !empty) return null;
      const isArgument = file.symbol.kind === 'function' && path.includes('args');
      const what = file.symbol.kind === 'function' ? 'function' : 'property';
      return {
        ...(isArgument ? { severity: 'warning' as const } : {}),
        message: `${isArgument ? 'An argument' : `A ${what}`} without a name`,
        effect: isArgument
          ? 'The manager shows an argument that has no name'
          : `eKuiper keeps an entry that belongs to no ${what}`,
        hint: 'Add "name"',
      };
    }),
};
