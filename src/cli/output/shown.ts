import { visible } from '../../model/printable.ts';

/**
 * Four numbers that nobody outside this process can know: a colour is kplugin's own when it carries them. They are
 * parameters of the sequence, so that whatever measures a text without its colours leaves them out as well.
 */
const SEAL = Array.from(crypto.getRandomValues(new Uint16Array(4)), (number) =>
  String(1000 + (number % 9000)),
).join(';');

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a text
const COLORS = /\u001b\[(\d{1,2})m/g;
const SEALED = new RegExp(`\u001b\\[${SEAL};(\\d{1,2})m`);

/** Before a workflow command of ours: its number is no colour. */
const COMMAND = `\u001b[${SEAL};0m`;

/** GitHub obeys a line that begins with `::` (spaces may stand before it), and `##[` anywhere in a line. */
const WORKFLOW = /^[ \t]*::|##\[/gm;

/** A workflow command of kplugin's own (`::error …`), which {@link shown} leaves as it is. */
export function ownCommand(line: string): string {
  return COMMAND + line;
}

/** A text in which every escape sequence is kplugin's own: they are sealed, so that {@link shown} knows them. */
export function sealed(text: string): string {
  return text.replace(COLORS, `\u001b[${SEAL};$1m`);
}

/**
 * What leaves for the terminal: the colours that kplugin gave, and everything else of files, packages and hosts made
 * visible, genuine escape sequences among it. All output for people goes through here. `isWorkflow`: GitHub reads along,
 * and a name or a log line must not command it.
 */
export function shown(text: string, isWorkflow = process.env['GITHUB_ACTIONS'] === 'true'): string {
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
