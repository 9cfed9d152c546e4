import { posix } from 'node:path';
import { cleanPath, joinPath } from '../../../model/clean-path.ts';
import type { Span } from '../../../model/json/node.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { goTypeScriptReads } from '../../program/go-typescript-reads.ts';
import { leftOutAt } from '../../program/left-out-files.ts';
import { type MissingModule, missingModules } from '../../program/missing-modules.ts';
import { type OpenedFile, ROOT } from '../../program/paths/path-value.ts';
import { pythonReads } from '../../program/python-reads.ts';
import { reachedFiles } from '../../program/source-files.ts';
import { unpackedBy } from '../../shell/script-files.ts';
import { notLookedInto, readableScript } from '../../shell/shell-scripts.ts';
import { packedPaths } from '../../subject/entries.ts';
import { executablePath } from '../../subject/manifest.ts';
import type { TextFile } from '../../subject/subject.ts';

export const programFileMissing: Rule = {
  id: 'program-file-missing',
  severity: 'warning',
  explanation: {
    means:
      'The program opens a file for reading, or imports a module of one of its own folders, that is not in the package. ' +
      'Paths count that are written out in the program. Files that the program or install.sh may make, or that the ' +
      'program tests for, are not reported; of those that may come out of an archive that install.sh unpacks one line ' +
      '(info) says that kplugin did not look.',
    why:
      'eKuiper starts the program in the folder of its executable, and only what is in the package lies there. Opening ' +
      'the file fails; if that happens before the program has reported to eKuiper, the install fails with it.',
    issues: [],
    bad: 'open("models/net.bin")   # models/ has no net.bin',
    good: 'the same, with models/net.bin in the package',
  },
  async check(subject) {
    const executable = executablePath(subject);
    if (executable === null) return [];
    const files = await reachedFiles(subject);
    const script = (await readableScript(subject))?.source.text ?? '';
    const paths = packedPaths(subject.view);
    const reports: Report[] = [];
    const mayUnpack = unpackedBy(script, (path) => paths.has(path));
    const unpacked: (Span & { readonly file: string; readonly path: string })[] = [];
    const told = new Set<string>();
    for (const { file } of files) {
      const opened = file.path.endsWith('.py')
        ? pythonReads(file)
        : goTypeScriptReads(file, executable);
      for (const { path: written, at } of opened) {
        const path = plainPath(written, posix.dirname(executable));
        if (path === null || paths.has(path) || told.has(path)) continue;
        if (namesFile(script, path) || (await leftOutAt(subject, path)) !== null) continue;
        told.add(path);
        if (mayUnpack(path)) unpacked.push({ file: file.path, path, ...at });
        else if (!MAKER.test(script))
          reports.push(report(file, { path, at }, written.startsWith(ROOT)));
      }
    }
    const modules = await missingModules(subject, files, paths);
    for (const one of modules) {
      const path = `${one.path}.py`;
      if (namesFile(script, one.path)) continue;
      if (mayUnpack(path)) unpacked.push({ file: one.file, path, ...one.module.at });
      else if (!MAKER.test(script)) reports.push(moduleReport(one));
    }
    return firstOf([...reports, ...notLookedInto('The program needs', unpacked)]);
  },
};

function report(file: TextFile, { path, at }: OpenedFile, isAnchored: boolean): Report {
  return {
    file: file.path,
    at,
    message: `The program opens ${path}, which is not in the package`,
    effect: isAnchored
      ? 'On the box the file is not there, so opening it fails'
      : 'eKuiper starts the program in the folder of its executable; the file is not there, so opening it fails',
    hint: `Put ${path} into the package, or correct the path in ${file.path}`,
  };
}

function moduleReport({ file, module, path }: MissingModule): Report {
  return {
    file,
    at: module.at,
    message: `The program imports ${module.name}, and the package has no ${path}.py`,
    effect: 'On the box Python does not find the module, and the import fails',
    hint: `Put ${path}.py into the package, or correct the import`,
  };
}

/** Relative to the plugin's root; null for a path outside of it, or that is not plain. */
function plainPath(written: string, folder: string): string | null {
  if (/^[/~]|[:*?"<>|%{}$\\\n]/.test(written) || written.length > 300) return null;
  const full = written.startsWith(ROOT) ? written : joinPath(ROOT, folder, written);
  const path = cleanPath(full);
  return path.startsWith(`${ROOT}/`) && !path.endsWith('/') ? path.slice(ROOT.length + 1) : null;
}

/** A program that downloads or copies files may create any file; for archives see {@link unpackedBy}. */
const MAKER =
  /(?:^|[\s;&|(])(?:curl|wget|git|make|protoc|node|rsync|scp|aws|gsutil|cp|mv|ln|sh|bash|python3?(?!\s+-m\s+pip\b))\s/;

function namesFile(script: string, path: string): boolean {
  return script !== '' && script.includes(posix.basename(path));
}
