import { type BuiltinReach, builtinReach } from '../../../model/builtin-symbols.ts';
import { symbolFile } from '../../../model/symbol.ts';
import { listedSymbols } from '../../manifest.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const builtinShadowed: Rule = {
  id: 'builtin-shadowed',
  severity: 'warning',
  explanation: {
    means:
      'A source, sink or function is called like one that eKuiper has itself (functions: in any letter case).',
    why:
      'Every eKuiper asks its built-ins first, then native, then portable plugins: the symbol is never used. ' +
      'Worse, installing overwrites the metadata of the built-in and removing the plugin deletes it. The official ' +
      'sample "mirror" does this with its sink "file".',
    issues: [],
    bad: '{ "sinks": ["file"] }',
    good: '{ "sinks": ["jsonfile"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject).flatMap((symbol) => {
      const reach = builtinReach(symbol, subject.target);
      if (reach === null) return [];
      const { kind, name, at } = symbol;
      return {
        file: subject.manifest?.path ?? '',
        at,
        message: `The ${kind} "${name}" is called like one that eKuiper ${subject.target} has itself`,
        effect: `In ${WHERE[reach]} the plugin's "${name}" is never used${fileEffect(subject, symbol)}`,
        hint: `Choose another name, for example "${subject.name}_${name}"`,
      };
    });
  },
};

const WHERE: Readonly<Record<BuiltinReach, string>> = {
  'every build': 'every build',
  'every build but core': 'every build but the "core" one',
  'full builds': 'the "full" builds',
};

/** Functions' metadata files are per library in eKuiper, so a plugin's file takes nobody's place. */
function fileEffect(subject: Subject, symbol: Parameters<typeof symbolFile>[0]): string {
  if (symbol.kind === 'function') return '';
  const files = subject.manners.symbolFileRoots.map((root) => `${root}/${symbolFile(symbol)}`);
  return `; installing overwrites ${files.join(' and ')}, removing deletes it`;
}
