import type { Report, Rule } from '../../engine/rule.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const duplicateSymbol: Rule = {
  id: 'duplicate-symbol',
  severity: 'warning',
  explanation: {
    means: "The same symbol stands twice in one of the manifest's lists.",
    why:
      'No eKuiper checks it: the plugin installs, and GET /plugins/portables shows the symbol twice. ' +
      'Most often another name was meant. A source and a sink may share a name.',
    issues: [],
    bad: '{ "sources": ["modbus", "modbus"] }',
    good: '{ "sources": ["modbus"], "sinks": ["modbus"] }',
  },
  check(subject): Report[] {
    const seen = new Set<string>();
    return listedSymbols(subject)
      .filter(({ kind, name }) => {
        const key = `${kind} ${name}`;
        const again = seen.has(key) && name !== '';
        seen.add(key);
        return again;
      })
      .map(({ kind, name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The ${kind} "${name}" is listed twice`,
        effect: 'eKuiper installs it and keeps one of the two',
        hint: 'Take one out of the list, or give it the name that was meant',
      }));
  },
};
