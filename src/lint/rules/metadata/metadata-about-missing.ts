import { FOLDER_OF } from '../../../model/symbol.ts';
import type { Rule } from '../../engine/rule.ts';
import { fromViolations } from '../../schema/symbol-metadata.ts';

export const metadataAboutMissing: Rule = {
  id: 'metadata-about-missing',
  severity: 'error',
  explanation: {
    means: 'A symbol file has no "about", or it is null.',
    why: 'It is the one thing eKuiper insists on: "not found about of x.json". The install succeeds, but the symbol has no metadata. A sink without it also hides every sink that sorts after it at the next start.',
    issues: ['#3527'],
    bad: '{ "properties": [] }',
    good: '{ "about": { "author": { … }, "description": { "en_US": "…", "zh_CN": "…" } }, "properties": [] }',
  },
  check: (subject) =>
    fromViolations(subject, ({ keyword, key, path }, file) => {
      if (keyword !== 'required' || key !== 'about' || path.length > 0) return null;
      const { kind, name } = file.symbol;
      return {
        message: `There is no "about" in ${FOLDER_OF[kind]}/${name}.json`,
        effect:
          kind === 'function'
            ? 'The manager cannot list the functions of this file'
            : `eKuiper shows no metadata for it ("not found about of …"); the install succeeds all the same`,
        hint: `Add "about" with author and description (kplugin schema ${kind} shows it)`,
      };
    }),
};
