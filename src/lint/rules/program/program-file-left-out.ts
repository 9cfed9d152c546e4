import { posix } from 'node:path';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { type LeftOutFiles, leftOutAt, leftOutFiles } from '../../program/left-out-files.ts';
import { moduleFiles } from '../../program/missing-modules.ts';
import { namedPaths } from '../../program/named-paths.ts';
import { programTexts, reachedFiles } from '../../program/source-files.ts';
import { packedPaths } from '../../subject/entries.ts';
import { executablePath } from '../../subject/manifest.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';

export const programFileLeftOut: Rule = {
  id: 'program-file-left-out',
  severity: 'warning',
  explanation: {
    means:
      'The program writes out the path or the name of a file that is left out of the package, or imports it, or a ' +
      'source file of the program is left out because it holds a secret.',
    why:
      'On the box the file is not there: a Python program that loads it at its start dies, and eKuiper refuses the ' +
      'install only after waiting for it. In place of a module that is left out Python may load another one of that ' +
      'name without a word: secrets.py is also a module of Python.',
    issues: [],
    bad: 'zipfile.ZipFile(HERE / "models" / "policy.zip")   # *.zip is left out',
    good: 'the same, and the line !models/policy.zip in .kpluginignore',
  },
  async check(subject) {
    const { leftOut } = subject.view;
    if (leftOut.size === 0) return [];
    const files = await programTexts(subject);
    const left = leftOutFiles(subject);
    const named = await Promise.all(files.map((file) => inFile(subject, file, left)));
    const imported = await leftOutModules(subject);
    const told = new Set(imported.map(({ path }) => path));
    return firstOf([
      ...named.flat(),
      ...imported.map(({ report }) => report),
      ...lostSources(subject).filter(({ file }) => !told.has(file)),
    ]);
  },
};

async function inFile(subject: Subject, file: TextFile, files: LeftOutFiles): Promise<Report[]> {
  const reports: Report[] = [];
  const told = new Set<string>();
  const asked = new Set<string>();
  for (const { path, at } of namedPaths(file, executablePath(subject))) {
    if (asked.has(path)) continue;
    asked.add(path);
    for (const { path: left, leftOut } of await files.at(path, posix.dirname(file.path))) {
      if (told.has(left)) continue;
      told.add(left);
      const what = left === path ? '' : left;
      reports.push({
        file: file.path,
        at,
        message: `The program names ${path}, ${what ? `and ${what}` : 'which'} is left out of the package (${leftOut.rule})`,
        effect: 'eKuiper will not get the file: where the program needs it, it fails on the box',
        hint: leftOut.fix,
      });
    }
  }
  return reports;
}

interface LeftOutModule {
  readonly path: string;
  readonly report: Report;
}

/** Python modules that the program imports and an ignore rule leaves out, each once. */
async function leftOutModules(subject: Subject): Promise<LeftOutModule[]> {
  const found = new Map<string, LeftOutModule>();
  const packed = packedPaths(subject.view);
  for (const { file, imports } of await reachedFiles(subject)) {
    for (const { name, path: module, at, isGuarded } of imports) {
      if (isGuarded || moduleFiles(module).some((path) => packed.has(path))) continue;
      for (const path of moduleFiles(module)) {
        const leftOut = found.has(path) ? null : await leftOutAt(subject, path);
        if (!leftOut) continue;
        const message = `The program imports ${name}, and ${path} is left out of the package (${leftOut.rule})`;
        const report = { file: file.path, at, message, effect: NO_MODULE, hint: leftOut.fix };
        found.set(path, { path, report });
      }
    }
  }
  return [...found.values()];
}

const NO_MODULE =
  'eKuiper will not get the module: the import fails on the box, or loads another module of that name, such as one of ' +
  "Python's own";

/**
 * Source files left out because they hold a secret: the program imports them by module name, so it contains no path to
 * them.
 */
function lostSources({ view }: Subject): Report[] {
  return Array.from(view.leftOut).flatMap(([path, { rule, fix, isSecret }]) => {
    if (!isSecret || !/\.(?:py|js|mjs|cjs)$/.test(path)) return [];
    return [
      {
        file: path,
        message: `This source file is left out of the package (${rule})`,
        effect: 'eKuiper will not get it: a program that imports it fails on the box',
        hint: `Take the secret out of the file, and read it on the box instead. ${fix}`,
      },
    ];
  });
}
