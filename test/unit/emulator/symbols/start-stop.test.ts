import { describe, expect, test } from 'vitest';
import { openSymbols } from './open-symbols.ts';

/** As upstream's documentation has it. */
const TICKER = {
  symbolName: 'ticker',
  meta: { ruleId: 'rule1', opId: 'op1', instanceId: 1 },
  pluginType: 'source',
  config: {},
};
const TEXT = 'text/plain; charset=utf-8';
const OK = { status: 200, body: 'ok', type: TEXT };
const bad = (body: string) => ({ status: 400, body: `${body}\n`, type: TEXT });

describe("upstream's API, word for word", () => {
  test('start, start again, stop, stop again, start', async () => {
    const { post, host } = await openSymbols();
    expect(await post('/symbol/start', TICKER)).toEqual(OK);
    expect(await post('/symbol/start', TICKER)).toEqual(bad('source symbol ticker already exists'));
    expect(await post('/symbol/stop', TICKER)).toEqual(OK);
    expect(await post('/symbol/stop', TICKER)).toEqual(bad('Symbol ticker already close'));
    expect(await post('/symbol/start', TICKER)).toEqual(OK);
    expect(host.done).toEqual([
      'start source ticker rule1/op1/1 {}',
      'stop source ticker rule1/op1/1',
      'start source ticker rule1/op1/1 {}',
    ]);
  });

  test('a sink gets the two rows in turn, once a second, until it is stopped', async () => {
    const { post, host, nextSecond } = await openSymbols();
    const body = { ...TICKER, symbolName: 'writer', pluginType: 'sink' };
    expect(await post('/symbol/start', body)).toEqual(OK);
    await nextSecond();
    await nextSecond();
    expect(await post('/symbol/stop', body)).toEqual(OK);
    await nextSecond();
    expect(host.done).toEqual([
      'start sink writer rule1/op1/1 {}',
      'sent {"count":5,"name":"hello"}',
      'sent {"count":10,"name":"world"}',
      'sent {"count":5,"name":"hello"}',
      'stop sink writer rule1/op1/1',
    ]);
  });

  test('a function is called with the two arguments, and never stopped', async () => {
    const { post, host, feed, nextSecond } = await openSymbols();
    const calls: unknown[] = [];
    feed.subscribe(({ event }) => event.kind === 'call' && calls.push(event.outcome));
    const body = { ...TICKER, symbolName: 'reverse', pluginType: 'func' };
    expect(await post('/symbol/start', body)).toEqual(OK);
    await nextSecond();
    expect(calls).toEqual([{ result: 'evlewt' }, { result: 'nevele' }]);
    expect(await post('/symbol/start', body)).toEqual(bad('source symbol reverse already exists'));
    expect(await post('/symbol/stop', body)).toEqual(OK);
    await nextSecond();
    expect(calls).toHaveLength(2);
    expect(host.done).toEqual(['start function reverse']);
  });

  test('what the plugin refuses', async () => {
    const { post, host } = await openSymbols();
    const body = { ...TICKER, symbolName: 'refusing', pluginType: 'sink' };
    const refusal = bad('open sink refusing receive error: no such file');
    expect(await post('/symbol/start', body)).toEqual(refusal);
    // Not "already exists": nothing of it is left.
    expect(await post('/symbol/start', body)).toEqual(refusal);
    expect(host.done).toEqual([]);
  });
});

describe('beyond upstream', () => {
  test('a source without config gets its YAML', async () => {
    const { post, host } = await openSymbols();
    await post('/symbol/start', { symbolName: 'ticker', pluginType: 'source' });
    const silent = { symbolName: 'silent', pluginType: 'source', confKey: 'fast', dataSource: 't' };
    await post('/symbol/start', silent);
    expect(host.done).toEqual([
      'start source ticker rule1/op1/1 {"group":"default","datasource":""}',
      'start source silent rule1/op2/1 {"group":"fast","datasource":"t"}',
    ]);
  });

  test('meta counts: two instances of one source', async () => {
    const { post, host } = await openSymbols();
    const second = { ...TICKER, meta: { ruleId: 'r2', opId: 'o2', instanceId: 7 } };
    expect(await post('/symbol/start', TICKER)).toEqual(OK);
    expect(await post('/symbol/start', second)).toEqual(OK);
    expect(host.openSources.map(({ request }) => request.meta)).toEqual([TICKER.meta, second.meta]);
    expect(await post('/symbol/stop', second)).toEqual(OK);
    expect(await post('/symbol/stop', second)).toEqual(
      bad('Symbol ticker already close; it runs as rule1/op1/1'),
    );
    expect(host.openSources).toHaveLength(1);
  });

  test('stop without meta stops every one of the name', async () => {
    const { post, host } = await openSymbols();
    await post('/symbol/start', TICKER);
    await post('/symbol/start', { ...TICKER, meta: { ruleId: 'r2' } });
    expect(await post('/symbol/stop', { symbolName: 'ticker', pluginType: 'source' })).toEqual(OK);
    expect(host.openSources).toEqual([]);
  });

  test('source and sink cannot share a meta, and without one they need not', async () => {
    const { post } = await openSymbols();
    await post('/symbol/start', TICKER);
    const sink = { ...TICKER, symbolName: 'writer', pluginType: 'sink' };
    const answer = await post('/symbol/start', sink);
    expect(answer.status).toBe(400);
    expect(answer.body).toBe(
      'source ticker runs as rule1/op1/1 and has the socket /tmp/rule1_op1_1.ipc: ' +
        'give writer a meta of its own, for example "opId":"op2", or leave meta out\n',
    );
    const { meta: _, ...withoutMeta } = sink;
    expect(await post('/symbol/start', withoutMeta)).toEqual(OK);
  });

  test('two starts at the same time: one of them', async () => {
    const { post, host } = await openSymbols();
    const answers = await Promise.all([1, 2].map(() => post('/symbol/start', TICKER)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(host.openSources).toHaveLength(1);
  });

  test.each(['source', 'sink', 'func'])('an unknown %s', async (pluginType) => {
    const { post, host } = await openSymbols();
    const answer = await post('/symbol/start', { symbolName: 'nope', pluginType });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('nope not found: no manifest names it (plugins: demo); there is');
    expect(host.done).toEqual([]);
  });

  test('no plugin at all', async () => {
    const { post, host } = await openSymbols();
    host.plugins = [];
    expect((await post('/symbol/start', TICKER)).body).toContain('kplugin serve <dir|zip>');
  });

  test('closing stops all that runs', async () => {
    const { post, host, close } = await openSymbols();
    await post('/symbol/start', TICKER);
    await post('/symbol/start', { symbolName: 'writer', pluginType: 'sink' });
    await close();
    expect([host.openSources, host.openSinks]).toEqual([[], []]);
  });
});
