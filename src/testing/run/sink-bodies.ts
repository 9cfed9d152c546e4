import type { SinkCase } from '../case.ts';

/** What goes over the wire for a case's rows (real-servers.md N7). */
export function bodiesOf({
  rows,
  raw,
  send,
}: Pick<SinkCase, 'rows' | 'raw' | 'send'>): readonly string[] {
  if (raw.length > 0) return raw;
  if (rows.length === 0) return [];
  if (send === 'batch') return [JSON.stringify(rows)];
  return rows.map((row) => JSON.stringify(send === 'single' ? row : [row]));
}
