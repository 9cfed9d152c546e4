import { Stopped } from '../api/context.ts';

/**
 * An error as one text for eKuiper: its message and those of its causes. Never empty, because eKuiper takes an empty
 * error in an acknowledgement for none.
 */
export function errorText(error: unknown): string {
  const texts = [ownText(error)];
  let next = causeOf(error);
  while (next !== undefined && texts.length < 5) {
    const text = ownText(next);
    texts.push(text);
    next = causeOf(next);
  }
  return texts.join(': ');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function ownText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(ownText).join('; ') || error.name;
  }
  if (error instanceof Error) return error.message || error.name || 'Error';
  try {
    return String(error) || 'an empty error';
  } catch {
    return 'an error without a text';
  }
}

/** Whether it failed only because its instance was stopped: Node's timers and streams give the signal's reason as cause. */
export function comesOfStop(error: unknown): boolean {
  return error instanceof Stopped || (error instanceof Error && error.cause instanceof Stopped);
}

/**
 * The answer to a command that failed. eKuiper takes `ok` for success, and since 2.1.3 whatever begins with `h` for
 * a handshake after which it asks the same again, for ever (runtime/connection.go).
 */
export function refusal(error: unknown): string {
  const text = errorText(error);
  return text === 'ok' || text.startsWith('h') ? `error: ${text}` : text;
}
