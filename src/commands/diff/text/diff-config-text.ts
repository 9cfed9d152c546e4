import type { Style } from '../../../cli/output/style.ts';
import { plainLine } from '../../../client/http/text.ts';
import type { ConfigChange } from '../../../deploy/diff/config-changes.ts';
import { valuesText } from './diff-hunks-text.ts';
import { marked } from './diff-marks.ts';

/** The settings of sources that are not the same, and those of which nobody can tell. */
export function configText(config: readonly ConfigChange[], style: Style): string {
  return config
    .map(({ source, values, hidden, unknown }) => {
      const mark = values.length > 0 ? marked('changed', style) : style.dim('?');
      const lines = [`  ${mark} source ${plainLine(source)}\n`, valuesText(values, style)];
      if (unknown !== null) lines.push(note(`not compared: ${plainLine(unknown)}`, style));
      if (hidden.length > 0) {
        const names = hidden.map(plainLine).join(', ');
        lines.push(note(`not compared, because eKuiper hides it: ${names}`, style));
      }
      return lines.join('');
    })
    .join('');
}

function note(text: string, style: Style): string {
  return `        ${style.dim(text)}\n`;
}
