import type { Style } from '../../../cli/output/style.ts';

export type Mark = 'added' | 'removed' | 'changed';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
const COLORS = { added: 'green', removed: 'red', changed: 'yellow' } as const;

/** `+`, `-` or `~` in its colour. */
export function marked(what: Mark, style: Style): string {
  return style[COLORS[what]](SIGNS[what]);
}
