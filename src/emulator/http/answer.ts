import type { ServerResponse } from 'node:http';
import { has } from '../../model/behaviours.ts';
import { goQuote } from '../../model/json/go-error.ts';
import { type MachineLimit, machineLimitIn } from '../../model/machine-limit.ts';
import type { Target } from '../../model/target.ts';
import { HostRefusal } from '../runtime/refusal.ts';

/** An HTTP response. `type` null: no Content-Type, as Go leaves it for an empty body. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain; charset=utf-8';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
};

const UNDEFINED_CODE = 1000;
const NOT_FOUND_CODE = 1002;

/** The response of Go's mux to an unknown path. */
export const PAGE_NOT_FOUND: Answer = {
  ...text(404, '404 page not found\n'),
  headers: { 'X-Content-Type-Options': 'nosniff' },
};

/** The response for paths of eKuiper that this host does not have: streams, rules and metadata. */
export const NOT_IN_THIS_HOST: Answer = text(
  404,
  '404 page not found\nkplugin serve runs plugins only: streams, rules and metadata need an eKuiper\n',
);

/** A text response with the Content-Type that Go detects when the handler sets none. */
export function text(status: number, body: string): Answer {
  return { status, type: TEXT, body };
}

export function json(value: unknown): Answer {
  return { status: 200, type: 'application/json', body: goMarshal(value) };
}

export function empty(status: number): Answer {
  return { status, type: null, body: '' };
}

/**
 * eKuiper's error body with `prefix: message`. 1.14 inserts the message unescaped, so that a quote in it breaks the
 * JSON; 2.x quotes it like Go's `%q`. A limit of this machine is a 500 with kplugin's own text. Source: rest.go
 * handleError; recorded case `install.fails`.
 */
export function refusal(error: unknown, prefix: string, target: Target): Answer {
  const limit = machineLimitIn(error);
  if (limit !== null) return text(500, limitWords(limit));
  const message = error instanceof Error ? error.message : String(error);
  const whole = prefix === '' ? message : `${prefix}: ${message}`;
  const notFound = error instanceof HostRefusal && error.notFound;
  const quoted = has(target, 'quotes-errors') ? goQuote(whole) : `"${whole}"`;
  const code = notFound ? NOT_FOUND_CODE : UNDEFINED_CODE;
  return {
    ...text(notFound ? 404 : 400, `{"error":${code},"message":${quoted}}\n`),
    headers: { 'X-Content-Type-Options': 'nosniff' },
  };
}

/** The text for a limit of this machine, for HTTP clients. */
export function limitWords({ message, reason, hint }: MachineLimit): string {
  return `kplugin serve: ${message} (${reason ?? 'it did not say why'}); ${hint}\n`;
}

/** Sends a complete response. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.type !== null) response.setHeader('Content-Type', answer.type);
  response.setHeader('Content-Length', body.length);
  response.statusCode = answer.status;
  response.end(body);
}

/** Go's json.Marshal: JSON with the HTML characters escaped. */
export function goMarshal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Go's html.EscapeString. */
export function htmlEscape(text: string): string {
  return text.replace(/[&'<>"]/g, (char) => ENTITIES[char] ?? char);
}
