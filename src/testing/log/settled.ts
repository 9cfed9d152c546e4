import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Resolves when the log has what the plugin printed before its last answer. Both come in one turn of the event
 * loop, but by different ways: without this a line could be counted to the case that follows.
 */
export async function logSettled(): Promise<void> {
  await nextTurn();
}
