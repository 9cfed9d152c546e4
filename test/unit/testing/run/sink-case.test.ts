import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import type { Script } from './scripted-host.ts';
import { runYaml, told } from './suite.ts';

/** Appends what it gets to the file `path`, posts it to `url`, acknowledges as `ack` says. */
const WRITER: Script = {
  take: async (body, { config, onAck }) => {
    const { path, url, ack } = config;
    if (typeof path === 'string') appendFileSync(path, `${body}\n`);
    if (typeof url === 'string') {
      const sent = await fetch(url, { method: 'POST', headers: { 'X-Kind': 'row' }, body });
      if (sent.status >= 400) throw new HostRefusal(`status ${sent.status}`);
    }
    if (ack === 'ok') onAck?.(null);
    if (ack === 'bad') {
      onAck?.('disk full');
      throw new HostRefusal('disk full');
    }
  },
};

const one = (rest: string, within = '5s') =>
  `cases: [{ name: x, sink: writer, within: ${within}, ${rest} }]`;
const FILE = 'config: { path: "{dir}/out" }';
const wrote = (rest: string) => `${FILE}, wrote: { file: "{dir}/out", ${rest} }`;
const HTTP = 'config: { url: "{http}/rows?a=1" }';

describe('a sink that does as it should', () => {
  test.each([
    'rows: [{ a: 1 }]',
    `rows: [{ a: 1 }, { a: 2 }], ${wrote('lines: [[{ a: 1 }], [{ a: 2 }]]')}`,
    `rows: [{ a: 1 }], send: single, ${wrote('text: "{\\"a\\":1}\\n"')}`,
    `rows: [{ a: 1 }, { a: 2 }], send: batch, ${wrote('json: [{ a: 1 }, { a: 2 }]')}`,
    `raw: [not json], ${wrote('lines: [not json]')}`,
    `raw: [not json], ${wrote('lines: [{ $matches: "^not" }]')}`,
    `raw: ["12"], ${wrote('lines: [12]')}`,
    `raw: ["12"], ${wrote('lines: ["12"]')}`,
    `raw: [one, two], ${wrote('contains: [two, one]')}`,
    `rows: [{ a: "{dir}" }], send: single, ${wrote('lines: [{ a: "{dir}" }]')}`,
    `rows: [{ a: 1 }], ${HTTP}, received: [{ method: POST, path: "/rows?a=1", headers: { X-Kind: row }, body: [{ a: 1 }] }]`,
    'rows: [{ a: 1 }], received: []',
    'rows: [{ a: 1 }, { a: 2 }], config: { ack: ok }, acks: { ok: 2 }',
    'rows: [{ a: 1 }, { a: 2 }], config: { ack: bad }, acks: { errors: 2 }',
    'rows: [{ a: 1 }], config: { ack: bad }, error: full',
    `rows: [{ a: 1 }], ${HTTP}, httpStatus: 500, error: status 500`,
  ])('%s', async (rest) => {
    const report = await runYaml(one(rest), WRITER);
    expect(told(report)).toEqual(['x | passed']);
    expect(report.host.asked).toEqual(['start sink writer', 'stop sink writer']);
  });
});

describe('a sink that does not', () => {
  test.each<[string, string]>([
    [`rows: [{ a: 1 }], ${wrote('lines: [[{ a: 2 }]]')}`, 'wrote.lines[0][0].a: 2 <> 1'],
    [
      `rows: [{ a: 1 }, { a: 2 }], ${wrote('lines: [[{ a: 1 }]]')}`,
      'wrote.lines[1]: nothing: a list of 1 <> "[{\\"a\\":2}]"',
    ],
    [
      'rows: [1], wrote: { file: /nowhere/at/all, text: a }',
      'wrote.file: /nowhere/at/all <> no such file',
    ],
    [`raw: [a], ${wrote('json: {}')}`, 'wrote.json: JSON <> "a\\n"'],
    [`raw: [a], ${wrote('contains: b')}`, 'wrote.contains: a file with "b" <> "a\\n"'],
    [`rows: [1], ${HTTP}, received: []`, 'received[0]: nothing: an empty list <> {"method":"POST"'],
    [
      `rows: [1], received: [{ method: PUT }]`,
      'received[0]: {"method":"PUT"} <> nothing: an empty list',
    ],
    ['rows: [1], acks: { ok: 1 }', 'acks: 1 ok, 0 errors <> 0 ok, 0 errors'],
    [
      'rows: [1], config: { ack: bad }, acks: { ok: 1, errors: 1 }',
      'acks: 1 ok, 1 errors <> 0 ok, 1 errors: "disk full"',
    ],
    ['rows: [1], config: { ack: bad }', 'row 1 is not taken: disk full'],
    ['rows: [1], error: full', 'error: an error with "full" <> no error'],
    [
      'rows: [1], config: { ack: bad }, error: empty',
      'error: an error with "empty" <> "disk full"',
    ],
  ])('%s', async (rest, expected) => {
    // What is different stays so until the time is over; only a request needs some of it.
    const within = rest.includes('{http}') ? '2s' : '100ms';
    const [line] = told(await runYaml(one(rest, within), WRITER));
    expect(line).toContain(`x | failed | ${expected}`);
  });
});

it('may write when it is closed', async () => {
  const script: Script = { close: ({ config }) => writeFileSync(String(config['path']), 'late') };
  const report = await runYaml(one(`rows: [1], ${wrote('text: late')}`, '1s'), script);
  expect(told(report)).toEqual(['x | passed']);
});

it('that does not start fails, or does as expected', async () => {
  const script: Script = { sink: () => Promise.reject(new HostRefusal('receive error: no path')) };
  expect(told(await runYaml(one('rows: [1]'), script))).toEqual([
    'x | failed | the sink does not start: receive error: no path',
  ]);
  expect(told(await runYaml(one('error: path'), script))).toEqual(['x | passed']);
});
