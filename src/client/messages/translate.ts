import { MACHINE_ROWS } from './machine-rows.ts';
import { MANIFEST_ROWS, PACKAGE_ROWS, UNPACK_ROWS } from './package-rows.ts';
import type { MessageContext, MessageRow } from './row.ts';
import { FUNCTION_ROWS, STATUS_ROWS, THROWN_ROWS } from './rule-rows.ts';
import { SERVER_ROWS } from './server-rows.ts';
import { START_ROWS } from './start-rows.ts';
import { TOKEN_ROWS } from './token-rows.ts';

/** Every message kplugin knows; the first that matches counts, so the narrow ones stand before the wide ones. */
export const MESSAGE_ROWS: readonly MessageRow[] = [
  ...TOKEN_ROWS,
  ...FUNCTION_ROWS,
  ...PACKAGE_ROWS,
  ...MANIFEST_ROWS,
  ...START_ROWS,
  ...MACHINE_ROWS,
  ...SERVER_ROWS,
  ...UNPACK_ROWS,
  ...STATUS_ROWS,
  ...THROWN_ROWS,
];

export interface Translation {
  readonly id: string;
  readonly cause: string;
  readonly next: string;
}

/** The patterns look at no more: some read from each beginning to the end, and no message of eKuiper is that long. */
const MOST_CHARACTERS = 16_384;

/** What a host's words mean and what to type next; null for words nobody has explained yet. */
export function translate(words: string, context: MessageContext): Translation | null {
  for (const row of MESSAGE_ROWS) {
    const match = row.pattern.exec(words.slice(0, MOST_CHARACTERS));
    if (match === null) continue;
    const part = (index: number): string => match[index] ?? '';
    return { id: row.id, cause: row.cause(part, context), next: row.next(part, context) };
  }
  return null;
}
