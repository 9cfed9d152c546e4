import { FOLDER_OF, SYMBOL_KINDS } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { mainProgramOf } from '../../program/main-program.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const programSymbolUndeclared: Rule = {
  id: 'program-symbol-undeclared',
  severity: 'warning',
  explanation: {
    means: 'The main program registers a symbol that the manifest does not list.',
    why:
      'eKuiper learns the symbols of a plugin from the manifest alone. A rule that uses this one is refused: no such ' +
      'source or sink, or "function x not found".',
    issues: [],
    bad: 'probe.json  { "sinks": [] }\nmain.py     PluginConfig("probe", {}, {"printer": Printer}, {})',
    good: 'probe.json  { "sinks": ["printer"] }\nmain.py     PluginConfig("probe", {}, {"printer": Printer}, {})',
  },
  async check(subject): Promise<Report[]> {
    const program = await mainProgramOf(subject);
    if (program === null) return [];
    const listed = new Set(listedSymbols(subject).map(({ kind, name }) => `${kind} ${name}`));
    return SYMBOL_KINDS.flatMap((kind) =>
      (program.config.symbols[FOLDER_OF[kind]] ?? [])
        .filter(({ value }) => !listed.has(`${kind} ${value}`))
        .map((written) => ({
          file: program.file.path,
          at: written,
          message: `The program registers the ${kind} "${written.value}", which the manifest does not list`,
          effect: `eKuiper does not know this ${kind}; rules cannot use it`,
          hint: `Add "${written.value}" to "${FOLDER_OF[kind]}" in ${subject.manifest?.path}, or take it out of the program`,
        })),
    );
  },
};
