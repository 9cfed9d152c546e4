import type { Look, Row } from './terminal.ts';

/** Pixels: a column is 0.6 of the font size, as in most monospace fonts. */
const FONT = 14;
const COLUMN = FONT * 0.6;
const ROW = 20;
const EDGE = 16;
const TITLE = 36;

/** GitHub's own colours: each reads well on the background of its theme. */
const LIGHT: Readonly<Record<Look | 'text' | 'back' | 'edge', string>> = {
  back: '#ffffff',
  edge: '#d0d7de',
  text: '#1f2328',
  bold: '#1f2328',
  dim: '#656d76',
  red: '#cf222e',
  green: '#1a7f37',
  yellow: '#9a6700',
  cyan: '#1b7c83',
};
const DARK: typeof LIGHT = {
  back: '#0d1117',
  edge: '#30363d',
  text: '#e6edf3',
  bold: '#e6edf3',
  dim: '#8b949e',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#d29922',
  cyan: '#39c5cf',
};

/** Renders terminal rows as SVG: monospace text, light or dark as the reader's system, no script, no embedded font. */
export function svgOf(rows: readonly Row[], columns: number, title: string): string {
  const width = Math.ceil(columns * COLUMN) + 2 * EDGE;
  const height = TITLE + rows.length * ROW + EDGE;
  const lines = rows.flatMap((row, index) => {
    const pieces = row.map(
      ({ column, text, looks }) =>
        `<tspan x="${round(EDGE + column * COLUMN)}"${classOf(looks)}>${escaped(text.trimEnd())}</tspan>`,
    );
    const y = TITLE + index * ROW + FONT;
    return pieces.length === 0 ? [] : `<text y="${y}">${pieces.join('')}</text>`;
  });
  const dots = [0, 1, 2].map(
    (n) => `<circle cx="${EDGE + 6 + n * 20}" cy="${TITLE / 2}" r="6" class="edge"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>`,
    `text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}`,
    `.bold{font-weight:600}`,
    colours(LIGHT),
    `@media (prefers-color-scheme:dark){${colours(DARK)}}`,
    `</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" class="back"/>`,
    ...dots,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

function colours({ back, edge, text, ...looks }: typeof LIGHT): string {
  return [
    `.back{fill:${back};stroke:${edge}}`,
    `.edge{fill:${edge}}`,
    `text{fill:${text}}`,
    ...Object.entries(looks).map(([look, colour]) => `.${look}{fill:${colour}}`),
  ].join('');
}

const classOf = (looks: readonly Look[]): string =>
  looks.length === 0 ? '' : ` class="${looks.join(' ')}"`;

const round = (pixels: number): string => String(Math.round(pixels * 10) / 10);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ENTITIES.get(char) ?? char);
