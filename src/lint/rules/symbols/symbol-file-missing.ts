import { has } from '../../../model/behaviours.ts';
import { type PluginSymbol, symbolFile } from '../../../model/symbol.ts';
import { placeOfSymbol, type Report, type Rule } from '../../engine/rule.ts';
import { entryAt } from '../../subject/entries.ts';
import type { Subject } from '../../subject/subject.ts';
import { symbolFileLike } from '../../subject/subject-files.ts';

export const symbolFileMissing: Rule = {
  id: 'symbol-file-missing',
  severity: 'warning',
  explanation: {
    means: 'A declared source or sink has no metadata file.',
    why: 'The install succeeds, but the manager does not offer the symbol. A source without its JSON also gets every key of its YAML in lower case (eKuiper 2).',
    issues: ['#3527', '#2175'],
    bad: '"sinks": ["print"] without sinks/print.json',
    good: '"sinks": ["print"] with sinks/print.json',
  },
  *check(subject): Iterable<Report> {
    if (!subject.manifest) return;
    for (const symbol of subject.symbols) {
      if (symbol.kind !== 'function' && !isThere(subject, symbol)) yield reportFor(subject, symbol);
    }
  },
};

function isThere({ view }: Subject, symbol: PluginSymbol): boolean {
  return entryAt(view, symbolFile(symbol))?.kind === 'file';
}

function reportFor(subject: Subject, symbol: PluginSymbol): Report {
  const path = symbolFile(symbol);
  const duplicate = symbolFileLike(subject, path);
  const lowered = symbol.kind === 'source' && has(subject.target, 'lowers-yaml-keys');
  return {
    ...placeOfSymbol(subject, symbol),
    message: duplicate
      ? `${path} is missing; ${duplicate.path} differs in letter case`
      : `The ${symbol.kind} "${symbol.name}" has no ${path}`,
    effect: `The manager does not show it${lowered ? `, and every key of sources/${symbol.name}.yaml arrives in lower case` : ''}`,
    hint: duplicate
      ? `Rename it to ${path}`
      : `Add ${path}; kplugin schema ${symbol.kind} shows what to put in it`,
  };
}
