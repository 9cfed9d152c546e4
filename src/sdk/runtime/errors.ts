import { Stopped } from '../api/context.ts';

/**
 * Formats an error for eKuiper: its message and those of its causes. Never empty, because eKuiper takes an empty error
 * in an acknowledgement for success.
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

/**
 * Whether an error was only caused by stopping the instance: Node's timers and streams set the signal's reason as the
 * cause.
 */
export function isCausedByStop(error: unknown): boolean {
  return error instanceof Stopped || (error instanceof Error && error.cause instanceof Stopped);
}

/**
 * The answer to a failed command. eKuiper takes `ok` for success, and since 2.1.3 it takes everything that begins with
 * `h` for a handshake, after which it sends the same command again, without end (runtime/connection.go).
 */
export function refusal(error: unknown): string {
  const text = errorText(error);
  return text === 'ok' || text.startsWith('h') ? `error: ${text}` : text;
}
