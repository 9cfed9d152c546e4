import { visible } from '../../model/printable.ts';

/**
 * Four random numbers that mark kplugin's own colours; input cannot contain them. They are parameters of the escape
 * sequence, so that functions which measure text without colours skip them too.
 */
const SEAL = Array.from(crypto.getRandomValues(new Uint16Array(4)), (number) =>
  String(1000 + (number % 9000)),
).join(';');

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a text
const COLORS = /\u001b\[(\d{1,2})m/g;

const SEALED = new RegExp(`\u001b\\[${SEAL};(\\d{1,2})m`);

/** Marks a workflow command of kplugin; its number is not a colour. */
const COMMAND = `\u001b[${SEAL};0m`;

/** GitHub executes lines that begin with `::` (after optional spaces), and `##[` anywhere in a line. */
const WORKFLOW = /^[ \t]*::|##\[/gm;

type Paint = (text: string) => string;

/** Functions that colour text; without colour each returns its input. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

const plain: Paint = (text) => text;

export const PLAIN: Style = {
  bold: plain,
  dim: plain,
  red: plain,
  yellow: plain,
  green: plain,
  cyan: plain,
};

/**
 * Whether to colour a stream: `--no-color`, then `NO_COLOR`, then `FORCE_COLOR`, then whether it is a terminal.
 * Source: no-color.org (any non-empty value counts).
 */
export function wantsColor(
  flag: boolean,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (!flag || (env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** The style for coloured or plain output; chalk is imported only for colour. */
export async function styleFor(color: boolean): Promise<Style> {
  if (!color) return PLAIN;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const paint =
    (name: keyof Style): Paint =>
    (text) =>
      markColors(chalk[name](escapeOutput(text)));
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    yellow: paint('yellow'),
    green: paint('green'),
    cyan: paint('cyan'),
  };
}

/** Marks every colour sequence in a text as kplugin's own, so that {@link escapeOutput} keeps it. */
function markColors(text: string): string {
  return text.replace(COLORS, `\u001b[${SEAL};$1m`);
}

/** A workflow command of kplugin (`::error …`), which {@link escapeOutput} does not escape. */
export function ownCommand(line: string): string {
  return COMMAND + line;
}

/**
 * Escapes text for the terminal: keeps kplugin's own colours and escapes all other control characters, including real
 * escape sequences from files, packages and hosts. All output for people goes through here. `isWorkflow`: the output is
 * read by GitHub Actions, so workflow commands are escaped as well.
 */
export function escapeOutput(
  text: string,
  isWorkflow = process.env['GITHUB_ACTIONS'] === 'true',
): string {
  const pieces = text.replaceAll('\r\n', '\n').split(SEALED);
  return pieces
    .map((piece, at) => {
      if (at % 2 === 1) return piece === '0' ? '' : `\u001b[${piece}m`;
      return isWorkflow ? harmless(visible(piece), pieces[at - 1] === '0') : visible(piece);
    })
    .join('');
}

function harmless(text: string, isOwn: boolean): string {
  return text.replace(WORKFLOW, (begin, at: number) =>
    isOwn && at === 0 ? begin : begin.replace('::', ': :').replace('##[', '# #['),
  );
}
