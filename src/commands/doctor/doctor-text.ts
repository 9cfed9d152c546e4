import type { Style } from '../../cli/output/style.ts';
import { plainLine } from '../../client/text.ts';
import { countLevels, type Section } from '../../doctor/diagnosis.ts';
import type { Level, Remark } from '../../doctor/host/check.ts';

const SIGN: Readonly<Record<Level, string>> = {
  ok: '✓ ok     ',
  warning: '! warning',
  error: '✗ error  ',
  skipped: '- skipped',
};

const COLOR: Readonly<Record<Level, keyof Style>> = {
  ok: 'green',
  warning: 'yellow',
  error: 'red',
  skipped: 'dim',
};

const INDENT = '             ';
const COLUMNS = 110;

/** The answer for people: a section for each part, a line for each remark, what to do below it. */
export function doctorText(sections: readonly Section[], style: Style): string {
  const bodies = sections.map(({ title, remarks }) => {
    const lines = remarks.map((one) => remarkText(one, style));
    return `${style.bold(title)}\n${lines.join('')}`;
  });
  return `${bodies.join('\n')}\n${summary(sections)}\n`;
}

function remarkText({ level, text, hint }: Remark, style: Style): string {
  const sign = style[COLOR[level]](SIGN[level]);
  const body = wrapped(plainLine(text));
  return `  ${sign}  ${body.join(`\n${INDENT}`)}\n${hint === null ? '' : hintText(hint, style)}`;
}

/** A command is one to be copied: its line is never broken. */
function hintText(hint: string, style: Style): string {
  const [first = '', ...more] = hint.split('\n').map(plainLine);
  const lines = [`${style.dim('do')}  ${first}`, ...more.map((line) => `    ${line}`)];
  return lines.map((line) => `${INDENT}${line}\n`).join('');
}

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (INDENT.length + line.length + 1 + word.length <= COLUMNS) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function summary(sections: readonly Section[]): string {
  const { error, warning, ok, skipped } = countLevels(sections);
  const parts = [
    error === 1 ? '1 error' : `${error} errors`,
    warning === 1 ? '1 warning' : `${warning} warnings`,
    `${ok} ok`,
  ];
  return `${parts.join(', ')}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
