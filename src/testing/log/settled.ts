import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Resolves when the log has the output that the plugin printed before its last answer. Both arrive in one turn of the
 * event loop, but through different pipes: without this wait a line could be assigned to the next case.
 */
export async function logSettled(): Promise<void> {
  await nextTurn();
}
