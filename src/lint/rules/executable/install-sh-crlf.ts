import type { Report, Rule } from '../../engine/rule.ts';
import { readableScript } from '../../shell/shell-scripts.ts';

export const installShCrlf: Rule = {
  id: 'install-sh-crlf',
  severity: 'error',
  explanation: {
    means: 'install.sh has CRLF line ends, as Windows writes them.',
    why:
      'Every eKuiper runs it with /bin/sh, which takes the carriage return for a part of each line: keywords are not ' +
      'recognised ("Syntax error"), and files get names that end in one.',
    issues: [],
    bad: 'if [ -d wheels ]; then\\r\\n',
    good: 'if [ -d wheels ]; then\\n',
  },
  async check(subject): Promise<Report[]> {
    const script = await readableScript(subject);
    const start = script?.source.text.indexOf('\r\n') ?? -1;
    if (script === null || start < 0) return [];
    return [
      {
        file: script.path,
        at: { start, end: start + 1 },
        message: 'install.sh has CRLF line ends',
        effect:
          '/bin/sh takes the carriage returns for text. Mostly it ends with "Syntax error", and eKuiper answers ' +
          '"fail to install plugin: err:exit status 2 …"; else files get names that end in a carriage return',
        hint:
          subject.view.form === 'zip'
            ? 'Save it with LF line ends in the project, then run kplugin pack there'
            : 'Save it with LF line ends; in git: *.sh text eol=lf in .gitattributes',
      },
    ];
  },
};
