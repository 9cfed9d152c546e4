import { placeOfSymbol, type Report, type Rule } from '../../engine/rule.ts';
import { firstFiles } from '../../subject/entries.ts';
import { symbolFilesIn } from '../../subject/read-subject.ts';
import type { Subject } from '../../subject/subject.ts';
import { describedFunctions } from '../../subject/subject-files.ts';

export const functionUndescribed: Rule = {
  id: 'function-undescribed',
  severity: 'warning',
  explanation: {
    means: 'A declared function is described in no file of functions/.',
    why: 'It can be called in SQL, but the manager neither lists nor completes it. The names inside the files count, not the names of the files.',
    issues: ['#3527'],
    bad: '"functions": ["echo"] without any functions/*.json that holds { "name": "echo" }',
    good: 'functions/echo.json: { "functions": [{ "name": "echo", … }] }',
  },
  *check(subject): Iterable<Report> {
    const { manifest, symbols, symbolFiles } = subject;
    // A file that was not read may describe any of them.
    if (!manifest || areCut(subject)) return;
    const described = describedFunctions(subject);
    const names = new Set(described.map(({ name }) => name));
    const byLowered = new Map(
      described.toReversed().map((one) => [one.name.toLowerCase(), one] as const),
    );
    const files = new Set(
      symbolFiles.flatMap((file) => (file.symbol.kind === 'function' ? [file.symbol.name] : [])),
    );
    for (const symbol of symbols) {
      if (symbol.kind !== 'function' || names.has(symbol.name)) continue;
      const own = files.has(symbol.name);
      const duplicate = byLowered.get(symbol.name.toLowerCase());
      yield {
        ...placeOfSymbol(subject, symbol),
        message: `No file in functions/ describes the function "${symbol.name}"`,
        effect: 'The manager does not list it; SQL can call it all the same',
        hint: duplicate
          ? `Rename "${duplicate.name}" in ${duplicate.file.path} to "${symbol.name}"`
          : `${own ? 'Describe it in' : 'Add'} functions/${symbol.name}.json; kplugin schema function shows what to put in it`,
      };
    }
  },
};

function areCut({ view }: Subject): boolean {
  const files = symbolFilesIn(view);
  return firstFiles(files).length < files.length;
}
