// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell syntax looks like a template's
import type { Span } from '../../model/json/node.ts';
import { maskScript } from './mask.ts';

/** A construct of bash that a plain `/bin/sh` may not support. */
interface Bashism extends Span {
  readonly construct: string;
  /** How to write it for every POSIX shell. */
  readonly plain: string;
}

interface Check {
  readonly construct: string;
  readonly plain: string;
  /** Its first group, if any, is the text before the construct. */
  readonly pattern: RegExp;
  /** Also searched inside double quotes. */
  readonly expansion?: true;
}

/** Positions where a command may start. */
const START = '(^|[;&|({]|\\b(?:if|then|else|elif|while|until|do)\\b|!)[ \\t]*';
const command = (rest: string): RegExp => new RegExp(`${START}${rest}`, 'm');

const CHECKS: readonly Check[] = [
  { construct: '[[', plain: '[ … ]', pattern: command('\\[\\[\\s') },
  { construct: '==', plain: '=', pattern: /(\[\s[^\]\n]{0,200}\s)==\s/ },
  { construct: 'source', plain: '. ./file', pattern: command('source\\s+\\S') },
  { construct: 'function', plain: 'name() { … }', pattern: command('function\\s+[\\w-]+') },
  { construct: '((', plain: '$(( … )) and [ … ]', pattern: command('\\(\\(') },
  { construct: 'an array', plain: 'several variables, or "$@"', pattern: /(^|[;&|\s])\w+\+?=\(/m },
  { construct: '<<<', plain: 'printf … | command', pattern: /<<</ },
  { construct: '&>', plain: '>file 2>&1', pattern: /&>/ },
  { construct: '<(…)', plain: 'a temporary file', pattern: /(\s)[<>]\(/ },
  { construct: '{1..3}', plain: 'a loop with seq', pattern: /\{\w+\.\.\w+\}/ },
  { construct: 'set -o pipefail', plain: 'set -eu', pattern: /(\bset\s[^;\n]{0,200})\bpipefail\b/ },
  {
    construct: 'declare',
    plain: 'plain assignments',
    pattern: command('(?:declare|typeset|shopt|pushd|popd|readarray|mapfile|let)\\s'),
  },
  { construct: '${x//a/b}', plain: 'sed', pattern: /\$\{\w+\//, expansion: true },
  { construct: '${x^^}', plain: 'tr', pattern: /\$\{\w+(?:\^|,)/, expansion: true },
  { construct: '${x:0:2}', plain: 'cut', pattern: /\$\{\w+:\s?\d/, expansion: true },
  { construct: '${x[@]}', plain: '"$@"', pattern: /\$\{\w+\[/, expansion: true },
  { construct: '${!x}', plain: 'eval', pattern: /\$\{!\w/, expansion: true },
  { construct: 'BASH_SOURCE', plain: '$0', pattern: /\$\{?BASH_SOURCE/, expansion: true },
];

/** The first place of each kind of bashism in a script, in the order of the script. */
export function bashismsIn(text: string): Bashism[] {
  const { bare, expanded } = maskScript(text);
  const found = CHECKS.flatMap(({ construct, plain, pattern, expansion }): Bashism[] => {
    const match = pattern.exec(expansion ? expanded : bare);
    if (!match) return [];
    const before = match[0].length - match[0].slice(match[1]?.length ?? 0).trimStart().length;
    return [
      {
        construct,
        plain,
        start: match.index + before,
        end: match.index + match[0].trimEnd().length,
      },
    ];
  });
  return found.sort((a, b) => a.start - b.start);
}
