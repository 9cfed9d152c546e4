import { has } from '../../../model/behaviours.ts';
import { type BuiltinReach, builtinReach } from '../../../model/names.ts';
import { type PluginSymbol, symbolFile } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { entryAt } from '../../subject/entries.ts';
import { listedSymbols } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const builtinShadowed: Rule = {
  id: 'builtin-shadowed',
  severity: 'warning',
  explanation: {
    means:
      'A source, sink or function is called like one that eKuiper has itself (functions: in any letter case).',
    why:
      'Every eKuiper asks its built-ins first, then native, then portable plugins: the symbol is never used. ' +
      'Worse, on 2.x installing overwrites the files of the built-in in etc/, and removing the plugin deletes them. The official ' +
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

/**
 * The effect on the built-in's own files in `etc/`. 1.14 unpacks to `data/`; functions are described per library, so a
 * plugin's function file replaces no other.
 */
function fileEffect({ view, target }: Subject, symbol: PluginSymbol): string {
  if (symbol.kind === 'function' || !has(target, 'unpacks-symbols-to-etc')) return '';
  const own = (['json', 'yaml'] as const)
    .map((extension) => symbolFile(symbol, extension))
    .filter((file) => entryAt(view, file) !== null)
    .map((file) => `etc/${file}`);
  return own.length === 0
    ? `; removing the plugin deletes etc/${symbolFile(symbol)}`
    : `; installing overwrites ${own.join(' and ')}, removing deletes ${own.length === 1 ? 'it' : 'them'}`;
}
