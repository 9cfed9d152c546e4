import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseExport, parseRule } from '../../../src/client/exported.ts';
import { isRunning, parseRuleStates, parseRuleStatus } from '../../../src/client/rule-status.ts';
import { clientFor, type FakeServer, fakeHttp } from './fake-server.ts';

/** What real eKuipers answered, with eight rules on a Python plugin; only the folders were renamed. */
function recorded(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'recorded-rules', `${name}.json`), 'utf8');
}

describe.each(['1.14.7', '2.0.8', '2.4.0'])('what eKuiper %s says of its rules', (version) => {
  it('which there are, and which run', () => {
    const states = parseRuleStates(JSON.parse(recorded(`${version}-rules`)));
    expect(states.map(({ id }) => id)).toEqual([
      ...['r_fn', 'r_graph', 'r_none', 'r_off', 'r_one', 'r_quiet', 'r_snk', 'r_src'],
    ]);
    expect(states.filter(({ state }) => !isRunning(state)).map(({ id }) => id)).toEqual(['r_off']);
  });

  it('the metrics of one that runs', () => {
    const { state, operators } = parseRuleStatus(JSON.parse(recorded(`${version}-r_fn`)));
    expect(state).toBe('running');
    expect(operators[0]?.name).toBe('source_rs_sim_0');
    const project = operators.find(({ name }) => name === 'op_2_project_0');
    expect(project).toMatchObject({ exceptions: 0, lastException: '', lastExceptionTime: 0 });
    expect(project?.recordsOut).toBeGreaterThan(0);
    expect(operators.at(-1)).toMatchObject({ name: 'sink_memory_0_0', exceptions: 0 });
  });
});

describe.each(['1.14.7', '2.4.0'])('eKuiper %s', (version) => {
  it('the metrics of a rule that throws', () => {
    const { operators } = parseRuleStatus(JSON.parse(recorded(`${version}-r_fn-fails`)));
    const project = operators.find(({ name }) => name === 'op_2_project_0');
    expect(project?.exceptions).toBeGreaterThan(0);
    expect(project?.lastException).toContain('call func kplr_pa error');
    expect(project?.lastExceptionTime).toBeGreaterThan(Date.UTC(2020, 0));
  });

  it('its export', () => {
    const exported = parseExport(JSON.parse(recorded(`${version}-export`)));
    expect([...exported.streams.keys()]).toEqual(['rs_mem', 'rs_plug', 'rs_sim']);
    expect(exported.rules.get('r_one')).toMatchObject({
      sql: 'select upper(kplr_pa(temperature)) as x from rs_sim where temperature > 0',
      sinks: ['memory'],
      graph: null,
    });
    expect(exported.rules.get('r_graph')).toMatchObject({
      sql: null,
      sinks: [],
      graph: {
        sources: ['simulator'],
        sinks: ['kplr_pk'],
        expressions: ['kplr_pa(temperature) as z'],
      },
    });
    expect([...exported.registrations.keys()]).toEqual(['kplr_py']);
  });
});

describe('the definition of a rule', () => {
  it.each<[string, string, object | null]>([
    ['in any letter case', '{"SQL":"a","Actions":[{"x":{}}]}', { sql: 'a', sinks: ['x'] }],
    ['without actions', '{"sql":"a"}', { sql: 'a', sinks: [] }],
    [
      'with odd actions',
      '{"sql":1,"actions":[null,1,"x",[],{"x":1,"y":2}]}',
      {
        sql: null,
        sinks: ['x', 'y'],
      },
    ],
    ['with actions that are none', '{"sql":"a","actions":{"x":1}}', { sinks: [] }],
    [
      'with an odd graph',
      '{"graph":{"nodes":{"a":1,"b":{"type":"sink"},"c":null}}}',
      {
        graph: { sources: [], sinks: [], expressions: [] },
      },
    ],
    ['as a list', '[]', null],
    ['truncated', '{"sql":', null],
  ])('%s', (_name, text, rule) => {
    if (rule === null) expect(parseRule('r', text)).toBeNull();
    else expect(parseRule('r', text)).toMatchObject(rule);
  });

  it('may nest as deep as it likes', () => {
    const deep = `${'['.repeat(50_000)}"fn(a)"${']'.repeat(50_000)}`;
    const text = `{"graph":{"nodes":{"f":{"type":"operator","props":{"x":${deep}}}}}}`;
    expect(parseRule('r', text)?.graph?.expressions).toEqual(['fn(a)']);
  });

  it('is never a reason to fail', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        parseRule('r', text);
        parseRule('r', JSON.stringify(value));
        parseRule('r', JSON.stringify({ sql: value, actions: value, graph: { nodes: value } }));
        parseExport({ rules: { r: JSON.stringify(value), s: text, t: value } });
      }),
    );
  });
});

describe('the calls about rules', () => {
  const servers: FakeServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function answering(status: number, body: string) {
    const asked: string[] = [];
    const server = await fakeHttp((request, response) => {
      let sent = '';
      request.on('data', (part) => {
        sent += String(part);
      });
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${sent}`.trim());
        response.writeHead(status).end(body);
      });
    });
    servers.push(server);
    return { client: clientFor(`127.0.0.1:${server.port}`), asked };
  }

  it('a rule that is not there has no status', async () => {
    const words = '{"error":1002,"message":"get rule status error: Rule none is not found"}';
    const { client, asked } = await answering(404, words);
    expect(await client.ruleStatus('a/b c')).toBeNull();
    expect(asked).toEqual(['GET /rules/a%2Fb%20c/status']);
  });

  it('a restart, and one that is refused with eKuiper’s words', async () => {
    const good = await answering(200, 'Rule r1 was restarted');
    await good.client.restartRule('r1');
    expect(good.asked).toEqual(['POST /rules/r1/restart']);
    const bad = await answering(
      400,
      '{"error":2001,"message":"restart rule error: receive time out."}',
    );
    await expect(bad.client.restartRule('r1')).rejects.toMatchObject({
      kind: 'refused',
      words: expect.stringContaining('receive time out'),
    });
  });

  it('a restart that never answers ends with its own limit', async () => {
    const server = await fakeHttp(() => {});
    servers.push(server);
    const client = clientFor(`127.0.0.1:${server.port}`);
    await expect(client.restartRule('r1', 50)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it.each([
    [200, '{"sources":["s1"],"valid":true}', { isValid: true, words: '' }],
    [
      422,
      'invalid rule json: Parse SQL SELECT f() AS x FROM `s1` error: function f not found.',
      { isValid: false, words: expect.stringContaining('function f not found') },
    ],
    [404, '404 page not found', null],
  ])('a rule that is checked: status %i', async (status, body, check) => {
    const { client, asked } = await answering(status, body);
    expect(await client.checkRule({ id: 'r' }, 1000)).toEqual(check);
    expect(asked).toEqual(['POST /rules/validate {"id":"r"}']);
  });

  it('a rule that is checked behind a proxy that answers instead', async () => {
    const { client } = await answering(502, 'bad gateway');
    await expect(client.checkRule({ id: 'r' }, 1000)).rejects.toMatchObject({ kind: 'dropped' });
  });

  it('a group of a source', async () => {
    const { client, asked } = await answering(200, '');
    await client.putSourceGroup('psrc', 'my group', { message: 'x' });
    expect(asked).toEqual(['PUT /metadata/sources/psrc/confKeys/my%20group {"message":"x"}']);
  });

  it('an upload that is taken away, and one that is not there', async () => {
    const good = await answering(200, 'ok');
    expect(await good.client.removeUpload('a b.zip')).toBe(true);
    expect(good.asked).toEqual(['DELETE /config/uploads/a%20b.zip']);
    const none = await answering(
      400,
      '{"error":1000,"message":"removeat x.zip: no such file or directory"}',
    );
    expect(await none.client.removeUpload('x.zip')).toBe(false);
  });
});
