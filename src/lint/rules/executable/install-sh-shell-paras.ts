// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell syntax looks like a template's
import type { Report, Rule } from '../../engine/rule.ts';
import { maskScript } from '../../shell/mask.ts';
import { readableScript } from '../../shell/shell-scripts.ts';

/** `$1`, `${2}`, `$@`, `$*`, `$#`; not `${1:-default}`, which has a default value. */
const ARGUMENT = /\$(?:[1-9@*#]|\{[1-9]\})/;
/** Inside a function `$1` is the function's own argument. */
const FUNCTION = /\w[ \t]*\(\)/;

export const installShShellParas: Rule = {
  id: 'install-sh-shell-paras',
  severity: 'info',
  explanation: {
    means: 'install.sh uses its arguments.',
    why:
      'They come from "shellParas" of the request, each one argument; without that they are empty. An update with PUT ' +
      'has to give them again. Without an install.sh, "shellParas" are ignored without a word.',
    issues: ['#1017'],
    bad: 'pip install --index-url "$1" -r requirements.txt',
    good: 'pip install --index-url "${1:-https://pypi.org/simple}" -r requirements.txt',
  },
  async check(subject): Promise<Report[]> {
    const script = await readableScript(subject);
    if (script === null) return [];
    const { bare, expanded } = maskScript(script.source.text);
    const match = FUNCTION.test(bare) ? null : ARGUMENT.exec(expanded);
    if (match === null) return [];
    return [
      {
        file: script.path,
        at: { start: match.index, end: match.index + match[0].length },
        message: `install.sh uses its argument ${match[0]}`,
        effect: 'eKuiper passes "shellParas" of the request; without them it is empty',
        hint: 'Give it a default, such as ${1:-value}, or "shellParas" at every install and update',
      },
    ];
  },
};
