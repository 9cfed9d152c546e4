import { describe, expect, test } from 'vitest';
import type { AnyEvent } from '../../../../src/emulator/symbols/feed.ts';
import { eventFilter } from '../../../../src/emulator/symbols/routes/events.ts';
import { openSymbols } from './open-symbols.ts';

const META = { ruleId: 'r', opId: 'o', instanceId: 1 };
const EVENTS: Record<string, AnyEvent> = {
  row: {
    kind: 'row',
    plugin: 'a',
    symbol: 's',
    meta: META,
    row: { message: { n: 1 }, meta: { m: 2 }, bytes: 9 },
  },
  sent: { kind: 'sent', plugin: 'a', symbol: 't', meta: META, body: Buffer.from('[{}]') },
  ack: { kind: 'ack', plugin: 'a', symbol: 't', meta: META, error: 'full' },
  call: {
    kind: 'call',
    plugin: 'b',
    symbol: 'f',
    call: 'Exec',
    args: ['x'],
    outcome: { result: null },
    ms: 1,
  },
  command: {
    kind: 'symbol',
    plugin: 'b',
    type: 'function',
    symbol: 'f',
    meta: null,
    command: 'start',
    error: null,
  },
  output: { kind: 'output', plugin: 'a', stream: 'stderr', line: 'hi' },
  note: { kind: 'note', plugin: null, text: 'x' },
};

describe('filters', () => {
  test.each([
    ['', Object.keys(EVENTS)],
    ['plugin=a', ['row', 'sent', 'ack', 'output']],
    ['plugin=a,b&kind=row&kind=call', ['row', 'call']],
    ['symbol=f', ['call', 'command']],
    ['kind=sink', ['sent', 'ack']],
    ['kind=function', ['call', 'command']],
    ['kind=function&plugin=a', []],
    ['kind=note,', ['note']],
  ])('?%s', (query, names) => {
    const wants = eventFilter(new URLSearchParams(query));
    if (typeof wants === 'string') throw new Error(wants);
    const passed = Object.entries(EVENTS).filter(([, event]) => wants(event));
    expect(passed.map(([name]) => name)).toEqual(names);
  });

  test('a kind that does not exist', async () => {
    const { url } = await openSymbols();
    const response = await fetch(`${url}/events?kind=rows`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('there is no kind \\"rows\\"; the kinds are row, sent');
  });
});

test('every kind of event as one flat object', async () => {
  const { url, feed, close } = await openSymbols();
  const response = await fetch(`${url}/events`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  for (const event of Object.values(EVENTS)) feed.publish(event);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await close();
  const messages = (await text(response)).split('\n\n').filter((one) => one.startsWith('id: '));
  expect(messages.map((one) => one.split('\n')[1])).toEqual([
    'event: row',
    'event: sent',
    'event: ack',
    'event: call',
    'event: symbol',
    'event: output',
    'event: note',
  ]);
  const data = messages.map((one) => JSON.parse(one.split('\ndata: ')[1] ?? ''));
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(data.slice(0, 4)).toEqual([
    {
      id: 1,
      at,
      kind: 'row',
      plugin: 'a',
      symbol: 's',
      meta: META,
      row: { n: 1 },
      rowMeta: { m: 2 },
    },
    { id: 2, at, kind: 'sent', plugin: 'a', symbol: 't', meta: META, body: '[{}]' },
    { id: 3, at, kind: 'ack', plugin: 'a', symbol: 't', meta: META, error: 'full' },
    {
      id: 4,
      at,
      kind: 'call',
      plugin: 'b',
      symbol: 'f',
      call: 'Exec',
      args: ['x'],
      result: null,
      ms: 1,
    },
  ]);
});

/** All that came; the server ends the connection hard when it closes. */
async function text(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch {
    // What came before is whole.
  }
  return Buffer.concat(chunks).toString();
}
