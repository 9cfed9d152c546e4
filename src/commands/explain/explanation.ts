import type { Outcome } from '../../cli/outcome.ts';
import { bold, type Cell, type View } from '../../cli/output/view.ts';
import type { MessageRow } from '../../client/messages/rows/row.ts';
import { MESSAGE_ROWS, translate } from '../../client/messages/translate.ts';

/** The width to which explanations are wrapped. */
const COLUMNS = 90;

/** Maximum length of a message to search for. */
const LONGEST = 4096;

/** Error codes of refusals are this prefix and a message id: `host-refused-no-handshake`. */
const PREFIX = 'host-refused-';

/** The message ids as error codes. */
export const MESSAGE_CODES: readonly string[] = MESSAGE_ROWS.map(({ id }) => `${PREFIX}${id}`);

/** Explains the message of eKuiper with this id, error code or text; null when there is none. */
export function explainedMessage(text: string): Outcome | null {
  const id = text.trim().toLowerCase().replace(PREFIX, '');
  const named = MESSAGE_ROWS.find((row) => row.id === id);
  const row = named ?? (/\s/.test(text.trim()) ? messageOf(text.slice(0, LONGEST)) : null);
  if (row === null) return null;
  const data = messageData(row);
  return {
    data,
    view: () =>
      explanation(bold(data.message), [
        ['What eKuiper says', indented(data.says)],
        ['Why', data.cause],
        ['What to do', data.next],
      ]),
  };
}

/** Points to the message of eKuiper that has the same id. */
export function alsoMessage(id: string): Pick<Outcome, 'next'> {
  const code = `${PREFIX}${id}`;
  return MESSAGE_CODES.includes(code) ? { next: [`kplugin explain ${code}`] } : {};
}

/** Finds the message like a host's response would be explained, else the first that contains the text. */
function messageOf(text: string): MessageRow | null {
  const words = text.trim().toLowerCase();
  return (
    MESSAGE_ROWS.find(({ pattern }) => pattern.test(text)) ??
    MESSAGE_ROWS.find(({ says }) => says.toLowerCase().includes(words)) ??
    null
  );
}

/** A message with its explanation for any host. */
function messageData({ id, says }: MessageRow): {
  readonly message: string;
  readonly says: string;
  readonly cause: string;
  readonly next: string;
} {
  const known = translate(says, { host: '<host>', plugin: null, source: null, version: '' });
  // Placeholders are not quoted for the shell.
  const filledIn = (text: string): string => text.replaceAll("'<host>'", '<host>');
  return {
    message: `${PREFIX}${id}`,
    says,
    cause: filledIn(known?.cause ?? ''),
    next: filledIn(known?.next ?? ''),
  };
}

/** A heading or null, and the text below it. */
type Part = readonly [Cell | null, string];

/** The views of an explanation: title and parts. */
export function explanation(title: Cell, parts: readonly Part[]): readonly View[] {
  const bodies = parts.filter(([, body]) => body !== '');
  return [
    { lines: [title] },
    ...bodies.map(([heading, body]) => ({
      lines: [
        ...(heading === null ? [] : [typeof heading === 'string' ? bold(heading) : heading]),
        ...body.split('\n'),
      ],
      wrapAt: COLUMNS,
    })),
  ];
}

/** Indents each line by two spaces. */
export function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
