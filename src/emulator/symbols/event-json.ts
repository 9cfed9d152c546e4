import type { AnyEvent, FeedItem } from './feed.ts';

/**
 * An event as clients of `/events` get it: one flat object with `id`, `at` (ISO 8601), `kind`, `plugin` and what
 * belongs to the kind. A sink's body is text, as it went over the wire.
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

/** What a sink was sent, as text. */
export function bodyText(body: Uint8Array | string): string {
  if (typeof body === 'string') return body;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
