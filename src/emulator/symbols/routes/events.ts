import type { Answer } from '../../http/answer.ts';
import { eventFilter } from '../event-filter.ts';
import { streamEvents } from '../event-stream.ts';
import { jsonAnswer } from '../symbol-answer.ts';
import type { Streamed, SymbolCall, SymbolRoute } from '../symbol-route.ts';

/** `GET /events`: all events as server-sent events. */
export const EVENT_ROUTES: readonly SymbolRoute[] = [{ path: '/events', methods: { GET: events } }];

function events({ feed, query, signal }: SymbolCall): Answer | Streamed {
  const wants = eventFilter(query);
  if (typeof wants === 'string') return jsonAnswer(400, { error: wants });
  return { stream: (response) => streamEvents(response, feed, wants, signal) };
}
