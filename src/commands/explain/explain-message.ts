import type { Outcome } from '../../cli/outcome.ts';
import { bold } from '../../cli/output/view.ts';
import type { MessageRow } from '../../client/messages/rows/row.ts';
import { MESSAGE_ROWS, translate } from '../../client/messages/translate.ts';
import { explanation, indented } from './explanation-text.ts';

/** Nobody pastes more than a message. */
const LONGEST = 4096;

/** The codes of refusals are these with a word in front: `host-refused-no-handshake`. */
const PREFIX = 'host-refused-';

/** The ids as people meet them, in the codes of errors. */
export const MESSAGE_CODES: readonly string[] = MESSAGE_ROWS.map(({ id }) => `${PREFIX}${id}`);

/** The message of eKuiper that an id, the code of an error or its own words mean; null when there is none. */
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

/** What explains the message of eKuiper that has the same id as something else. */
export function alsoMessage(id: string): Pick<Outcome, 'next'> {
  const code = `${PREFIX}${id}`;
  return MESSAGE_CODES.includes(code) ? { next: [`kplugin explain ${code}`] } : {};
}

/** As a host's answer is explained; else the first that has these words in it. */
function messageOf(text: string): MessageRow | null {
  const words = text.trim().toLowerCase();
  return (
    MESSAGE_ROWS.find(({ pattern }) => pattern.test(text)) ??
    MESSAGE_ROWS.find(({ says }) => says.toLowerCase().includes(words)) ??
    null
  );
}

/** A message with what it means, as for a host whose address is not known. */
function messageData({ id, says }: MessageRow): {
  readonly message: string;
  readonly says: string;
  readonly cause: string;
  readonly next: string;
} {
  const known = translate(says, { host: '<host>', plugin: null, source: null, version: '' });
  // What the reader fills in is no word of a shell yet.
  const filledIn = (text: string): string => text.replaceAll("'<host>'", '<host>');
  return {
    message: `${PREFIX}${id}`,
    says,
    cause: filledIn(known?.cause ?? ''),
    next: filledIn(known?.next ?? ''),
  };
}
