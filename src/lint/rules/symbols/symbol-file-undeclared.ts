import { closest } from '../../../model/closest.ts';
import { FOLDER_OF, type PluginSymbol, SYMBOL_KINDS } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { entryAt } from '../../subject/entries.ts';
import type { Subject } from '../../subject/subject.ts';
import { isDeclared } from '../../subject/subject-files.ts';

export const symbolFileUndeclared: Rule = {
  id: 'symbol-file-undeclared',
  severity: 'warning',
  explanation: {
    means:
      'A file in sources/, sinks/ or functions/ belongs to no symbol that the manifest declares.',
    why: 'eKuiper unpacks it among its own files. Uninstalling removes only <symbol>.json and <symbol>.yaml, so this one stays for ever, and may overwrite that of another plugin.',
    issues: [],
    bad: '"functions": ["inference"] with functions/defect.json',
    good: '"functions": ["inference"] with functions/inference.json',
  },
  check(subject): Report[] {
    if (!subject.decoded) return [];
    return subject.view.entries
      .filter(({ kind }) => kind === 'file')
      .flatMap(({ path }) => {
        const symbol = symbolOf(path);
        return symbol && !isDeclared(subject, symbol) ? [{ symbol, path }] : [];
      })
      .map(({ symbol, path }, index) => {
        const meant = index < MOST_MEANT ? meantSymbol(subject, symbol, path) : null;
        return reportFor(subject, { symbol, path, meant });
      });
  },
};

function symbolOf(path: string): PluginSymbol | null {
  const match = /^([a-z]+)\/([^/]+)\.(json|yaml)$/.exec(path);
  const kind = SYMBOL_KINDS.find((one) => FOLDER_OF[one] === match?.[1]);
  if (!kind || match?.[2] === undefined) return null;
  // eKuiper never reads a YAML of a sink or function; another rule reports it.
  return match[3] === 'yaml' && kind !== 'source' ? null : { kind, name: match[2] };
}

interface Undeclared {
  readonly symbol: PluginSymbol;
  readonly path: string;
  readonly meant: string | null;
}

function reportFor(subject: Subject, { symbol, path, meant }: Undeclared): Report {
  const folder = FOLDER_OF[symbol.kind];
  return {
    file: path,
    message: `"${symbol.name}" is not declared under "${folder}" in ${subject.name}.json`,
    effect:
      'eKuiper unpacks it among its own files, and uninstalling the plugin does not remove it',
    hint: meant
      ? `Rename it to ${path.replace(symbol.name, meant)}, or declare "${symbol.name}"`
      : `Declare "${symbol.name}" under "${folder}", or delete the file`,
  };
}

/** Limit of files that get a suggestion, because each is compared with all names. */
const MOST_MEANT = 20;
/** Limit of names that are searched for a suggestion. */
const MOST_NAMES = 200;

/** The declared symbol that the file was most likely written for: one that has no such file yet. */
function meantSymbol(subject: Subject, { kind, name }: PluginSymbol, path: string): string | null {
  const free = subject.symbols
    .slice(0, MOST_NAMES)
    .filter((symbol) => symbol.kind === kind)
    .map((symbol) => symbol.name)
    .filter((other) => entryAt(subject.view, path.replace(name, other)) === null);
  return closest(name, free) ?? (free.length === 1 ? (free[0] ?? null) : null);
}
