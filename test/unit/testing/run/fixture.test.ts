import { describe, expect, test } from 'vitest';
import { describeOnUnix } from '../../../toolchain/require.ts';
import type { Script } from './scripted-host.ts';
import { runYaml, told } from './suite.ts';

/** Asks a URL, and answers with the status and the body. */
const FETCH: Script = {
  exec: async ([url, method = 'GET']) => {
    const answer = await fetch(String(url), { method: String(method) });
    return [answer.status, answer.headers.get('content-type'), await answer.text()];
  },
};

/** Answers with its arguments. */
const ECHO: Script = { exec: async (args) => args };

const one = (rest: string) => `cases: [{ name: x, function: ask, ${rest} }]`;
const asked = (...rows: readonly string[]) => `calls: [${rows.join(', ')}]`;
const call = (path: string, result: string) => `{ args: ["{http}${path}"], result: ${result} }`;
const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';

describe('answers of the listener', () => {
  test.each<[string, string, string]>([
    [
      'each once, the last again',
      'http: [{ body: { a: 1 } }, { status: 503, body: busy }]',
      asked(
        call('/', `[200, "${JSON_TYPE}", "{\\"a\\":1}"]`),
        call('/', `[503, "${TEXT_TYPE}", busy]`),
        call('/', `[503, "${TEXT_TYPE}", busy]`),
      ),
    ],
    [
      'by path, with any query',
      'http: [{ path: /a, body: a }, { path: "/b?c=1", body: b }]',
      asked(
        call('/b?c=1', `[200, "${TEXT_TYPE}", b]`),
        call('/a?c=2', `[200, "${TEXT_TYPE}", a]`),
        call('/b', '[404, text/plain, no answer of the case fits]'),
      ),
    ],
    [
      'by method',
      'http: [{ method: put, status: 204 }, { method: GET, headers: { Content-Type: text/csv }, body: "a,b" }]',
      asked(
        call('/', '[200, text/csv, "a,b"]'),
        `{ args: ["{http}/", PUT], result: [204, "${JSON_TYPE}", ""] }`,
      ),
    ],
    [
      'with the address of the listener',
      'http: [{ body: "{http}" }]',
      asked(call('/', `[200, "${TEXT_TYPE}", { $matches: "^http://127.0.0.1:" }]`)),
    ],
  ])('%s', async (_name, http, calls) => {
    expect(told(await runYaml(one(`${http}, ${calls}`), FETCH))).toEqual(['x | passed']);
  });

  test('say in the log of the case that none fits', async () => {
    const yaml = one('http: [{ path: /a }], args: ["{http}/b"], result: 1');
    const { results } = await runYaml(yaml, FETCH);
    expect(results[0]?.log).toEqual([
      { stream: 'host', text: 'no answer of the case fits GET /b: 404' },
    ]);
  });
});

describe('requests', () => {
  test.each<[string, string]>([
    ['args: ["{http}/a?b=1"], received: [{ method: GET, path: "/a?b=1" }]', 'x | passed'],
    ['args: ["{http}/a"], within: 100ms, received: []', 'x | failed | received[0]'],
  ])('of a function: %s', async (rest, expected) => {
    const [line = ''] = told(await runYaml(one(rest), FETCH));
    expect(line.split(': ')[0]).toBe(expected);
  });

  test('of a source: the first ones', async () => {
    const script: Script = {
      source: async ({ config, onMessage }) => {
        for (const path of ['/a', '/b', '/c']) await fetch(`${config['url']}${path}`);
        onMessage({ message: { a: 1 }, meta: {}, bytes: 9 });
      },
    };
    const yaml = (received: string) =>
      `cases: [{ name: x, source: s, config: { url: "{http}" }, rows: [{ a: 1 }], within: 200ms, received: ${received} }]`;
    expect(told(await runYaml(yaml('[{ path: /a }, { path: /b }]'), script))).toEqual([
      'x | passed',
    ]);
    expect(told(await runYaml(yaml('[{ path: /b }]'), script))).toEqual([
      'x | failed | received[0].path: "/b" <> "/a"',
    ]);
  });
});

describe('variables of the process', () => {
  test('get a process of their own, after the other cases', async () => {
    const yaml = `cases:
      - { name: own, function: ask, env: { A: "{project}", B: 1 }, args: [1] }
      - { name: plain, function: ask, args: [1] }
      - { name: other, function: ask, env: { C: true }, args: [1] }`;
    const { host, results } = await runYaml(yaml, ECHO);
    expect(host.asked).toEqual([
      'environment {"A":"/project","B":"1"}',
      'kill',
      'restart',
      'environment {"C":"true"}',
      'kill',
      'restart',
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
  });

  test('a process that does not start with them fails the case alone', async () => {
    const restart = () => Promise.reject(new Error('no API_URL'));
    const yaml = `cases:
      - { name: plain, function: ask, args: [1] }
      - { name: own, function: ask, env: { A: 1 }, args: [1] }`;
    expect(told(await runYaml(yaml, { ...ECHO, restart }))).toEqual([
      'plain | passed',
      'own | failed | no API_URL',
    ]);
  });
});

const SERVER =
  'require("net").createServer().listen(Number(process.argv[1]), "127.0.0.1", () => console.log(`up`))';
const server = `[node, -e, ${JSON.stringify(SERVER)}, "{port}"]`;

describeOnUnix('a setup', () => {
  test.each<[string, string, string | RegExp]>([
    ['a port', `{ command: ${server}, ready: { port: "{port}" } }`, 'x | passed'],
    ['a line', `{ command: ${server}, ready: { line: up } }`, 'x | passed'],
    [
      'a command',
      '{ command: [sh, -c, "sleep 60 & echo > {dir}/f; wait"], ready: { command: [test, -f, "{dir}/f"] } }',
      'x | passed',
    ],
    ['a preparation', '{ command: [sh, -c, "exit 0"] }', 'x | passed'],
    [
      'a preparation that fails',
      '{ command: [sh, -c, "exit 3"] }',
      'x | failed | the setup ended: exit 3',
    ],
    [
      'a server that ends',
      '{ command: [sh, -c, "exit 0"], ready: { line: up } }',
      'x | failed | the setup ended before it was ready (line "up"): exit 0',
    ],
    [
      'no program',
      '{ command: [./nothing] }',
      'x | failed | the setup does not start: there is no program ./nothing',
    ],
    [
      'a server that is never ready',
      '{ command: [sleep, "60"], ready: { port: "{port}" }, within: 300ms }',
      /^x \| failed \| the setup is not ready \(port \d+\) after 300 ms$/,
    ],
  ])('%s', async (_name, setup, expected) => {
    const yaml = one(
      `setup: ${setup}, args: ["{port}", "p{port}"], result: [{ $type: integer }, { $matches: "^p[0-9]+$" }]`,
    );
    const [line] = told(await runYaml(yaml, ECHO));
    if (typeof expected === 'string') expect(line).toBe(expected);
    else expect(line).toMatch(expected);
  });

  test('is ended with its children', async () => {
    const script = JSON.stringify(`node -e '${SERVER}' "$1" & echo "at $1"; wait`);
    const yaml = one(
      `setup: { command: [sh, -c, ${script}, sh, "{port}"], ready: { port: "{port}" } }, args: [1], result: 2`,
    );
    const { results } = await runYaml(yaml, ECHO);
    const [, port] = /at (\d+)/.exec(JSON.stringify(results[0]?.log)) ?? [];
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
  });
});
