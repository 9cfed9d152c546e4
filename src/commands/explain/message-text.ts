import type { Style } from '../../cli/output/style.ts';
import type { MessageRow } from '../../client/messages/row.ts';
import { MESSAGE_ROWS, translate } from '../../client/messages/translate.ts';
import { wrapped } from './explain-text.ts';

/** The codes of refusals are these with a word in front: `host-refused-no-handshake`. */
const PREFIX = 'host-refused-';

/** The message of eKuiper that an id or the code of an error means; null when there is none. */
export function messageNamed(text: string): MessageRow | null {
  const id = text.toLowerCase().replace(PREFIX, '');
  return MESSAGE_ROWS.find((row) => row.id === id) ?? null;
}

/** The ids as people meet them, in the codes of errors. */
export function messageCodes(): readonly string[] {
  return MESSAGE_ROWS.map(({ id }) => `${PREFIX}${id}`);
}

/** A message with what it means, as for a host whose address is not known. */
export function messageData({ id, says }: MessageRow): {
  readonly message: string;
  readonly says: string;
  readonly cause: string;
  readonly next: string;
} {
  const known = translate(says, { host: '<host>', plugin: null, source: null, version: '' });
  return {
    message: `${PREFIX}${id}`,
    says,
    cause: known?.cause ?? '',
    next: known?.next ?? '',
  };
}

/** A message in full: what eKuiper says, why, and what to do. */
export function messageText(row: MessageRow, style: Style): string {
  const { message, says, cause, next } = messageData(row);
  return [
    style.bold(message),
    `${style.bold('What eKuiper says')}\n${says.replace(/^/gm, '  ')}`,
    `${style.bold('Why')}\n${wrapped(cause)}`,
    `${style.bold('What to do')}\n${wrapped(next)}\n`,
  ].join('\n\n');
}
