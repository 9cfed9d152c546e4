import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openSymbols } from './open-symbols.ts';

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
};

describe('GET /symbols', () => {
  test('what runs, with counts, rows and errors', async () => {
    const { url, post, host } = await openSymbols();
    await post('/symbol/start', { symbolName: 'ticker', pluginType: 'source', config: { x: 1 } });
    for (let n = 1; n <= 7; n += 1) host.emit('ticker', { n });
    await post('/sinks/writer', [{ a: 1 }]);
    await post('/functions/reverse', [1]);
    const { body } = await get(`${url}/symbols`);
    expect(body).toMatchObject({
      plugins: [
        {
          name: 'demo',
          status: 'running',
          sources: ['ticker', 'silent'],
          sinks: ['writer', 'refusing'],
          functions: ['reverse'],
        },
      ],
      symbols: [
        {
          plugin: 'demo',
          kind: 'source',
          symbol: 'ticker',
          meta: { ruleId: 'rule1', opId: 'op1', instanceId: 1 },
          state: 'running',
          samples: false,
          config: { x: 1 },
          count: 7,
          last: [{ n: 3 }, { n: 4 }, { n: 5 }, { n: 6 }, { n: 7 }],
          errorCount: 0,
          acks: null,
        },
        {
          kind: 'sink',
          symbol: 'writer',
          meta: { ruleId: 'rule1', opId: 'op2', instanceId: 1 },
          samples: false,
          count: 1,
          last: ['[{"a":1}]'],
          acks: 0,
        },
        {
          kind: 'function',
          symbol: 'reverse',
          meta: null,
          count: 1,
          last: [{ call: 'Exec', args: [1], error: 'no text' }],
          errors: [{ text: 'no text' }],
          errorCount: 1,
        },
      ],
    });
  });

  test('counts of what was stopped are gone', async () => {
    const { url, post, host } = await openSymbols();
    const body = { symbolName: 'ticker', pluginType: 'source' };
    await post('/symbol/start', body);
    host.emit('ticker', { n: 1 });
    await post('/symbol/stop', body);
    expect((await get(`${url}/symbols`)).body).toMatchObject({ symbols: [] });
    await post('/symbol/start', body);
    expect((await get(`${url}/symbols`)).body).toMatchObject({ symbols: [{ count: 0 }] });
  });
});

test('GET / says what there is; other paths and methods are told so', async () => {
  const { url } = await openSymbols();
  expect(Object.keys((await get(url)).body as object)).toContain('POST /functions/<name>');
  expect(await get(`${url}/nope`)).toMatchObject({
    status: 404,
    body: { error: 'there is no /nope; GET / says what there is' },
  });
  expect((await get(`${url}/symbol/start`)).status).toBe(405);
  expect((await get(`${url}/functions/a/b`)).status).toBe(404);
});

test.each(['restart', 'kill'])('POST /plugins/<name>/%s', async (what) => {
  const { post, host } = await openSymbols();
  expect(await post(`/plugins/demo/${what}`)).toMatchObject({
    status: 200,
    body: '{"name":"demo","status":"running"}\n',
  });
  expect(await post(`/plugins/nope/${what}`)).toMatchObject({
    status: 400,
    body: '{"error":"there is no plugin nope; there is demo"}\n',
  });
  expect(host.done).toEqual([`${what} demo`]);
});

test.each([
  ['a page of another origin', { Origin: 'https://example.org' }],
  ['a name that leads here', { Host: 'example.org', Origin: 'http://example.org' }],
])('%s gets no answer', async (_title, headers) => {
  const { url, host } = await openSymbols();
  for (const path of ['/symbols', '/events', '/functions/reverse']) {
    const status = await new Promise((resolve, reject) => {
      const method = path === '/functions/reverse' ? 'POST' : 'GET';
      const sent = request(`${url}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(403);
  }
  expect(host.done).toEqual([]);
});
