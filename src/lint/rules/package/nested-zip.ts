import type { Report, Rule } from '../../engine/rule.ts';
import { namedPaths } from '../../program/named-paths.ts';
import { programTexts } from '../../program/source-files.ts';
import { scriptFiles } from '../../shell/script-files.ts';
import { readableScript } from '../../shell/shell-scripts.ts';
import type { Subject } from '../../subject/subject.ts';

export const nestedZip: Rule = {
  id: 'nested-zip',
  severity: 'warning',
  explanation: {
    means: 'The package holds another zip.',
    why:
      'eKuiper unpacks the outer one only. Most often an older package of the same plugin got in, which doubles the ' +
      'size with every packing, or a plugin was zipped twice. One that install.sh or the program names is no finding.',
    issues: [],
    bad: 'probe.zip\n  probe.json\n  probe-0.9.zip',
    good: 'probe.zip\n  probe.json',
  },
  async check(subject): Promise<Report[]> {
    // In a project such a file is packed only because a line includes it; see secret-packed.
    if (subject.view.form === 'directory') return [];
    const all = subject.view.entries.filter(
      ({ path, kind }) => kind === 'file' && /\.zip$/i.test(path),
    );
    if (all.length === 0) return [];
    const used = await usedPaths(subject);
    const zips = all.filter(({ path }) => !used.has(path));
    const alone = subject.manifest === null && zips.length === 1;
    return zips.slice(0, 5).map(({ path }) => ({
      file: path,
      message: 'There is another zip in the package',
      effect: "eKuiper unpacks the outer one only; this stays a file in the plugin's folder",
      hint: alone
        ? 'If this is the plugin, take it out and use it as the package'
        : 'Leave it out, unless the program itself opens it',
    }));
  },
};

/** Zips that install.sh or the program names are data of the plugin. */
async function usedPaths(subject: Subject): Promise<Set<string>> {
  const script = await readableScript(subject);
  const inScript = script === null ? [] : scriptFiles(script.source.text, () => false);
  const inProgram = (await programTexts(subject)).flatMap((file) => namedPaths(file, null));
  return new Set([...inScript, ...inProgram].map(({ path }) => path));
}
