import { describe, expect, test } from 'vitest';
import { openSymbols } from './open-symbols.ts';

const error = (words: string) => ({ status: 400, body: expect.stringContaining(words) });

describe('POST /functions/<name>', () => {
  test.each([
    [{ args: ['ab'] }, { result: 'ba' }],
    [['ab'], { result: 'ba' }],
    [{ call: 'Validate', args: ['ab'] }, { result: '' }],
    [{ call: 'IsAggregate' }, { result: false }],
  ])('%j', async (body, answer) => {
    const { post } = await openSymbols();
    const { status, body: text, type } = await post('/functions/reverse', body);
    expect([status, JSON.parse(text), type]).toEqual([200, answer, 'application/json']);
  });

  test.each([
    [{ args: [1] }, '{"error":"no text"}'],
    [{ call: 'Validate', args: [] }, '{"error":"one argument"}'],
    [{ args: 'ab' }, 'args is to be an array'],
    [{ arg: ['ab'] }, 'unknown key \\"arg\\"; it may have args, call, meta'],
    [{ call: 'exec' }, 'call is Exec, Validate, IsAggregate, not \\"exec\\"'],
    ['"ab"', 'the body is to be an array of arguments'],
    ['{', 'the body is no JSON: '],
    [{ args: [], meta: { instanceId: 'x' } }, 'meta.instanceId is to be an integer'],
  ])('%j is refused', async (body, words) => {
    const { post } = await openSymbols();
    expect(await post('/functions/reverse', body)).toMatchObject(error(words));
  });

  test('an unknown name', async () => {
    const { post } = await openSymbols();
    expect(await post('/functions/nope', [])).toMatchObject(error('there is reverse'));
  });
});

describe('POST /sinks/<name>', () => {
  test('starts it without samples and leaves it running', async () => {
    const { post, host } = await openSymbols();
    const answer = await post('/sinks/writer', [{ a: 1 }, { a: 2 }]);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      sent: 2,
      meta: { ruleId: 'rule1', opId: 'op1', instanceId: 1 },
    });
    await post('/sinks/writer', { rows: [{ a: 3 }] });
    expect(host.done).toEqual([
      'start sink writer rule1/op1/1 {}',
      'sent [{"a":1}]',
      'sent [{"a":2}]',
      'sent [{"a":3}]',
    ]);
  });

  test.each([
    [{ send: 'single' }, ['{"a":1}', '{"a":2}']],
    [{ send: 'batch' }, ['[{"a":1},{"a":2}]']],
    [{ config: { sendSingle: true } }, ['{"a":1}', '{"a":2}']],
    [{ config: { sendSingle: true }, send: 'each' }, ['[{"a":1}]', '[{"a":2}]']],
    [{ raw: ['not json'], send: 'batch' }, ['[{"a":1},{"a":2}]', 'not json']],
  ])('%j', async (more, sent) => {
    const { post, host } = await openSymbols();
    await post('/sinks/writer', { rows: [{ a: 1 }, { a: 2 }], ...more });
    expect(host.done.filter((one) => one.startsWith('sent '))).toEqual(
      sent.map((text) => `sent ${text}`),
    );
  });

  test('stop: true stops it; a meta chooses among several', async () => {
    const { post, host } = await openSymbols();
    await post('/sinks/writer', [{ a: 1 }]);
    await post('/sinks/writer', { rows: [{ a: 2 }], meta: { opId: 'x' }, stop: true });
    expect(host.openSinks.map(({ request }) => request.meta.opId)).toEqual(['op1']);
  });

  test('a failure says how many went before it', async () => {
    const { post } = await openSymbols();
    const answer = await post('/sinks/writer', { raw: ['good', 'bad', 'good'] });
    expect(answer).toMatchObject({ status: 400, body: '{"error":"it is bad","sent":1}\n' });
  });

  test('another config than the running one', async () => {
    const { post } = await openSymbols();
    await post('/sinks/writer', { rows: [{ a: 1 }], config: { path: 'x' } });
    const again = { rows: [{ a: 1 }], config: { path: 'x' } };
    expect((await post('/sinks/writer', again)).status).toBe(200);
    const other = { rows: [{ a: 1 }], config: { path: 'y' } };
    expect(await post('/sinks/writer', other)).toMatchObject(error('runs with another config'));
  });

  test.each([
    [{}, 'there are no rows'],
    [[1], 'rows[0] is no object'],
    [{ rows: {} }, 'rows is to be an array'],
    [{ raw: [1] }, 'raw[0] is to be a text'],
    [{ rows: [{}], send: 'all' }, 'send is each, single, batch'],
    [{ rows: [{}], config: [] }, 'config is to be an object'],
    [{ rows: [{}], meta: { ruleId: 'a/b' } }, 'meta.ruleId names a socket'],
    [{ row: [{}] }, 'unknown key \\"row\\"'],
  ])('%j is refused', async (body, words) => {
    const { post, host } = await openSymbols();
    expect(await post('/sinks/writer', body)).toMatchObject(error(words));
    expect(host.done).toEqual([]);
  });
});

describe('POST /sources/<name>', () => {
  test('starts it, takes the rows, stops it', async () => {
    const { post, host } = await openSymbols();
    const taking = post('/sources/ticker?messages=2', { config: { interval: 5 } });
    await expect.poll(() => host.openSources.length).toBe(1);
    for (const n of [1, 2, 3]) host.emit('ticker', { n });
    const answer = await taking;
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      rows: [
        { message: { n: 1 }, meta: null },
        { message: { n: 2 }, meta: null },
      ],
    });
    expect(host.done).toEqual([
      'start source ticker rule1/op1/1 {"interval":5}',
      'stop source ticker rule1/op1/1',
    ]);
  });

  test('of one that runs, which goes on', async () => {
    const { post, host } = await openSymbols();
    await post('/symbol/start', { symbolName: 'ticker', pluginType: 'source', config: {} });
    const taking = post('/sources/ticker');
    const emitting = setInterval(() => host.emit('ticker', { n: 1 }), 5);
    const answer = await taking.finally(() => clearInterval(emitting));
    expect(JSON.parse(answer.body)).toEqual({ rows: [{ message: { n: 1 }, meta: null }] });
    expect(host.openSources).toHaveLength(1);
  });

  test('two at once get a source each', async () => {
    const { post, host } = await openSymbols();
    const first = post('/sources/ticker?messages=1');
    await expect.poll(() => host.openSources.length).toBe(1);
    const second = post('/sources/ticker?messages=2');
    await expect.poll(() => host.openSources.length).toBe(2);
    host.emit('ticker', { n: 1 });
    expect((await first).status).toBe(200);
    await expect.poll(() => host.openSources.length).toBe(1);
    host.emit('ticker', { n: 2 });
    expect(JSON.parse((await second).body).rows).toHaveLength(2);
  });

  test('says what is missing when time is up, and stops it', async () => {
    const { post, host } = await openSymbols();
    const answer = await post('/sources/silent?messages=2&within=50ms');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      error: '0 of 2 messages came within 50 ms',
      rows: [],
    });
    expect(host.openSources).toEqual([]);
  });

  test('a client that goes away stops it', async () => {
    const { url, host } = await openSymbols();
    const leave = new AbortController();
    const init = { method: 'POST', signal: leave.signal };
    const taking = fetch(`${url}/sources/silent?within=10m`, init).catch(() => 'gone');
    await expect.poll(() => host.openSources.length).toBe(1);
    leave.abort();
    expect(await taking).toBe('gone');
    await expect.poll(() => host.openSources.length).toBe(0);
  });

  test.each([
    ['messages=0', {}, 'messages is a number from 1 to 10000, not \\"0\\"'],
    ['messages=x', {}, 'messages is a number'],
    ['within=soon', {}, 'within is a duration such as 500ms or 10s, not \\"soon\\"'],
    ['', [], 'the body is to be an object, or nothing'],
    ['', { rows: [] }, 'unknown key \\"rows\\"'],
    ['', { confKey: 1 }, 'confKey is to be a text'],
  ])('?%s %j is refused', async (query, body, words) => {
    const { post, host } = await openSymbols();
    expect(await post(`/sources/ticker?${query}`, body)).toMatchObject(error(words));
    expect(host.done).toEqual([]);
  });
});
