import type { Report, Rule } from '../../rule.ts';

export const nestedZip: Rule = {
  id: 'nested-zip',
  severity: 'warning',
  explanation: {
    means: 'The package holds another zip.',
    why:
      'eKuiper unpacks the outer one only. Most often an older package of the same plugin got in, which doubles the ' +
      'size with every packing, or a plugin was zipped twice.',
    issues: [],
    bad: 'probe.zip\n  probe.json\n  probe-0.9.zip',
    good: 'probe.zip\n  probe.json',
  },
  check(subject): Report[] {
    // In a project it is there because a line asks for it; see secret-packed.
    if (subject.view.form === 'directory') return [];
    const zips = subject.view.entries.filter(
      ({ path, kind }) => kind === 'file' && /\.zip$/i.test(path),
    );
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
