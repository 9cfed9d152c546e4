import type { AnyEvent, FeedItem } from './feed.ts';

/**
 * Encodes an event for clients of `/events`: one flat object with `id`, `at` (ISO 8601), `kind`, `plugin` and the
 * fields of the kind. A message to a sink is text, as it was sent.
 */
export function eventJson({ id, at, event }: FeedItem): string {
  return JSON.stringify({ id, at: new Date(at).toISOString(), ...flat(event) });
}

function flat(event: AnyEvent): object {
  switch (event.kind) {
    case 'row': {
      const { row, ...rest } = event;
      return { ...rest, row: row.message, rowMeta: row.meta };
    }
    case 'sent':
      return { ...event, body: bodyText(event.body) };
    case 'call': {
      const { outcome, ...rest } = event;
      return { ...rest, ...outcome };
    }
    default:
      return event;
  }
}

/** A message to a sink as text. */
export function bodyText(body: Uint8Array | string): string {
  if (typeof body === 'string') return body;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
