import { type Answer, text } from '../http/answer.ts';
import { HostRefusal } from '../runtime/refusal.ts';

const NO_SNIFF = { 'X-Content-Type-Options': 'nosniff' };

/** A JSON response with a line feed at the end, for terminals. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    status,
    type: 'application/json',
    body: `${JSON.stringify(value)}\n`,
    headers: NO_SNIFF,
  };
}

/** 400 `{"error": …}` for a refusal of the host or the plugin; rethrows everything else. */
export function refusedJson(error: unknown, more: object = {}): Answer {
  return jsonAnswer(400, { error: refusalWords(error), ...more });
}

/** 400 with the bare text and a line feed, like Go's http.Error: the response of eKuiper's test server. */
export function refusedText(error: unknown): Answer {
  return { ...text(400, `${refusalWords(error)}\n`), headers: NO_SNIFF };
}

/** Rethrows what is no refusal: a bug is not the client's fault. */
function refusalWords(error: unknown): string {
  if (error instanceof HostRefusal) return error.message;
  throw error;
}
