import { closest } from '../../../model/closest.ts';
import { FOLDER_OF, SYMBOL_KINDS } from '../../../model/symbol.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { mainProgramOf } from '../../program/main-program.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const programSymbolMissing: Rule = {
  id: 'program-symbol-missing',
  severity: 'error',
  explanation: {
    means: 'The manifest lists a symbol that the main program does not register under that name.',
    why:
      'The plugin installs all the same. When a rule needs the symbol, the SDK does not find it: the Python SDK answers ' +
      'with a KeyError, the others with "symbol not found". Only what stands in the source text is compared, never ' +
      'computed dictionaries.',
    issues: [],
    bad: 'probe.json  { "functions": ["celsius"] }\nmain.py     PluginConfig("probe", {}, {}, {"celcius": Celsius})',
    good: 'probe.json  { "functions": ["celsius"] }\nmain.py     PluginConfig("probe", {}, {}, {"celsius": Celsius})',
  },
  async check(subject): Promise<Report[]> {
    const program = await mainProgramOf(subject);
    if (program === null) return [];
    const { config, file, language } = program;
    const { line } = file.source.positionAt(config.at.start);
    const symbols = listedSymbols(subject);
    const isRegistered = new Set(
      SYMBOL_KINDS.flatMap((kind) =>
        (config.symbols[FOLDER_OF[kind]] ?? []).map(({ value }) => `${kind} ${value}`),
      ),
    );
    const listed = new Set(symbols.map(({ kind, name }) => `${kind} ${name}`));
    return symbols.flatMap(({ kind, name, at }) => {
      const registered = config.symbols[FOLDER_OF[kind]];
      if (name === '' || registered === null) return [];
      if (isRegistered.has(`${kind} ${name}`)) return [];
      const meant = closest(
        name,
        registered.map(({ value }) => value).filter((value) => !listed.has(`${kind} ${value}`)),
      );
      return {
        file: subject.manifest?.path ?? '',
        at,
        message: `The program does not register the ${kind} "${name}" (${file.path}:${line})`,
        effect: `eKuiper installs the plugin; a rule that uses "${name}" fails: the SDK answers ${
          language === 'python' ? `"KeyError: '${name}'"` : '"symbol not found"'
        }`,
        hint: meant
          ? `The program has "${meant}": make the two agree`
          : `Register it in ${file.path} under exactly this name, or take it out of the manifest`,
      };
    });
  },
};
