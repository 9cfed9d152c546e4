import { has } from '../../model/behaviours.ts';
import { goQuote } from '../../model/go-quote.ts';
import { type MachineLimit, machineLimitIn } from '../../model/machine-limit.ts';
import type { Target } from '../../model/target.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { goMarshal } from './go-text.ts';

/** What goes back to the client. `type` null: no Content-Type, as Go leaves it for an empty body. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TEXT = 'text/plain; charset=utf-8';

/** Go's guess for a body whose handler names no type. */
export function text(status: number, body: string): Answer {
  return { status, type: TEXT, body };
}

export function json(value: unknown): Answer {
  return { status: 200, type: 'application/json', body: goMarshal(value) };
}

export function empty(status: number): Answer {
  return { status, type: null, body: '' };
}

/** What Go's mux answers to a path that it does not know. */
export const PAGE_NOT_FOUND: Answer = {
  ...text(404, '404 page not found\n'),
  headers: { 'X-Content-Type-Options': 'nosniff' },
};

/** An eKuiper would answer here; this host has no streams, rules or metadata. */
export const NOT_IN_THIS_HOST: Answer = text(
  404,
  '404 page not found\nkplugin serve runs plugins only: streams, rules and metadata need an eKuiper\n',
);

const UNDEFINED_CODE = 1000;
const NOT_FOUND_CODE = 1002;

/**
 * eKuiper's error body with `prefix: message`. 1.14 puts the message in as it is, so that a quote in it breaks the
 * JSON; 2.x quotes as Go's `%q` does. A limit of this machine is 500 in words of our own. Source: rest.go handleError; recorded case `install.fails`.
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

/** What kplugin itself lacks here, for whoever asks it by HTTP. */
export function limitWords({ message, reason, hint }: MachineLimit): string {
  return `kplugin serve: ${message} (${reason ?? 'it did not say why'}); ${hint}\n`;
}
