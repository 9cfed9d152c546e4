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

/** A workflow command of kplugin (`::error …`), which {@link escapeOutput} does not escape. */
export function ownCommand(line: string): string {
  return COMMAND + line;
}

/** Marks every colour sequence in a text as kplugin's own, so that {@link escapeOutput} keeps it. */
export function markColors(text: string): string {
  return text.replace(COLORS, `\u001b[${SEAL};$1m`);
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
