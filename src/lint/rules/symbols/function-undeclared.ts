import type { Report, Rule } from '../../engine/rule.ts';
import { describedFunctions } from '../../subject/subject-files.ts';

export const functionUndeclared: Rule = {
  id: 'function-undeclared',
  severity: 'warning',
  explanation: {
    means: 'A file in functions/ describes a function that the manifest does not declare.',
    why: 'The manager offers the function, and a rule that calls it fails: eKuiper does not know it.',
    issues: [],
    bad: 'functions/image.json describes "thumbnail"; the manifest says "functions": ["resize"]',
    good: '"functions": ["resize", "thumbnail"]',
  },
  check(subject): Report[] {
    if (!subject.decoded) return [];
    const declared = new Set(
      subject.symbols.filter(({ kind }) => kind === 'function').map(({ name }) => name),
    );
    return describedFunctions(subject)
      .filter(({ name }) => !declared.has(name))
      .map(({ name, file, at }) => ({
        file: file.path,
        at,
        message: `"${name}" is described here, but not declared in ${subject.name}.json`,
        effect: 'The manager offers it; a rule that calls it fails',
        hint: `Add "${name}" to "functions" in ${subject.name}.json, or remove it here`,
      }));
  },
};
