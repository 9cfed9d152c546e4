import type { Report, Rule } from '../../engine/rule.ts';
import { counted, repack } from '../../engine/words.ts';

const JUNK = /(^|\/)(__MACOSX(\/|$)|\.DS_Store$|\._[^/]{0,250}$|Thumbs\.db$|desktop\.ini$)/;

export const osJunk: Rule = {
  id: 'os-junk',
  severity: 'info',
  explanation: {
    means:
      'The package holds files that macOS or Windows added: __MACOSX/, .DS_Store, ._x, Thumbs.db, desktop.ini.',
    why:
      'eKuiper unpacks them like any other file. In sinks/ or functions/ a "._x.json" does harm: eKuiper reads every ' +
      'JSON file there, and this one is none.',
    issues: [],
    bad: 'probe.zip\n  probe.json\n  __MACOSX/._probe.json',
    good: 'probe.zip\n  probe.json',
  },
  check(subject): Report[] {
    const junk = subject.view.entries.filter(({ path }) => JUNK.test(path));
    const [first] = junk;
    if (first === undefined) return [];
    const harmful = junk.find(({ path }) =>
      /^(sources|sinks|functions)\/.*\.(json|yaml)$/.test(path),
    );
    const { path } = harmful ?? first;
    return [
      {
        file: path,
        ...(harmful && { severity: 'warning' }),
        message: `The package holds ${counted(junk.length, 'entry', 'entries')} that macOS or Windows added, such as ${path}`,
        effect: harmful
          ? 'eKuiper reads every JSON file in this folder, and this one is none'
          : 'eKuiper unpacks them beside the plugin',
        hint: repack('it leaves them out'),
      },
    ];
  },
};
