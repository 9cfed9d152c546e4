import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const emptySymbol: Rule = {
  id: 'empty-symbol',
  severity: 'error',
  explanation: {
    means: 'A symbol in the manifest is "" or null.',
    why:
      'eKuiper decodes both as a symbol without a name and counts it. A source without a name needs a file ' +
      'sources/.yaml; a sink or function without one installs but can never be used.',
    issues: [],
    bad: '{ "functions": ["celsius", null] }',
    good: '{ "functions": ["celsius"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject)
      .filter(({ name }) => name === '')
      .map(({ kind, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `A ${kind} has no name`,
        effect:
          kind === 'source'
            ? refused('missing sources/.yaml')
            : `eKuiper registers a ${kind} named "", which nothing can use`,
        hint: 'Give it its name or take it out of the list',
      }));
  },
};
