import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runPlugin } from '../../../src/sdk/start-plugin.ts';
import { RULE, ScriptedHost } from './scripted-host.ts';

const PLUGIN = {
  name: 'ctl',
  sources: {
    src: { open: () => undefined },
    bad: {
      configure: () => {
        throw new Error('no such topic');
      },
      open: () => undefined,
    },
    host: {
      configure: () => {
        throw new Error('host unreachable');
      },
      open: () => undefined,
    },
    ok: {
      configure: () => {
        throw new Error('ok');
      },
      open: () => undefined,
    },
    broken: () => {
      throw new Error('no source today');
    },
  },
  sinks: { snk: { collect: () => undefined } },
  functions: { fn: () => 1 },
};

async function running() {
  const host = new ScriptedHost();
  await host.run(PLUGIN, { dialMs: 50 });
  return host;
}

const arg = (control: object) => JSON.stringify(control);
const source = (symbolName: string, meta: object = RULE) =>
  arg({ symbolName, pluginType: 'source', meta });

/** [what, the question, the answer] */
const QUESTIONS: readonly (readonly [string, unknown, string])[] = [
  ['an unknown source', { cmd: 'start', arg: source('nope') }, 'symbol not found: source nope'],
  [
    'a name every object has',
    { cmd: 'start', arg: source('toString') },
    'symbol not found: source toString',
  ],
  ['a sink for a source', { cmd: 'start', arg: source('snk') }, 'symbol not found: source snk'],
  [
    'an unknown function',
    { cmd: 'start', arg: arg({ symbolName: 'g', pluginType: 'func' }) },
    'symbol not found: function g',
  ],
  [
    'an unknown type',
    { cmd: 'start', arg: arg({ symbolName: 'src', pluginType: 'x' }) },
    'invalid plugin type x',
  ],
  ['an unknown command', { cmd: 'dance', arg: source('src') }, 'invalid command received: dance'],
  [
    'no rule',
    { cmd: 'start', arg: source('src', {}) },
    'invalid arg: ruleId and opId are required',
  ],
  ['a configuration refused', { cmd: 'start', arg: source('bad') }, 'no such topic'],
  [
    'an answer that a host would take for a handshake',
    { cmd: 'start', arg: source('host') },
    'error: host unreachable',
  ],
  [
    'an answer that a host would take for success',
    { cmd: 'start', arg: source('ok') },
    'error: ok',
  ],
  ['a factory that throws', { cmd: 'start', arg: source('broken') }, 'no source today'],
  ['stop of what does not run', { cmd: 'stop', arg: source('src') }, 'ok'],
  ['stop of what is unknown', { cmd: 'stop', arg: source('nope') }, 'ok'],
  ['stop of a function', { cmd: 'stop', arg: arg({ symbolName: 'fn', pluginType: 'func' }) }, 'ok'],
];

test.each(QUESTIONS)('%s', async (_what, question, answer) => {
  const host = await running();
  expect(await host.control.ask(question)).toBe(answer);
});

test('nobody listens for the rows of a source: an error, and the plugin goes on', async () => {
  const host = await running();
  expect(await host.start('source', 'src')).toMatch(/^no connection to .*r1_op_0\.ipc/);
  await host.rows();
  expect(await host.start('source', 'src')).toBe('ok');
});

test('any text is answered, never with ok, an empty text, or what looks like a handshake', async () => {
  const host = await running();
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string().map((cmd) => JSON.stringify({ cmd, arg: source('src') })),
    fc.json().map((json) => JSON.stringify({ cmd: 'start', arg: json })),
    fc.string().map((symbolName) => JSON.stringify({ cmd: 'start', arg: source(symbolName) })),
  );
  const property = fc.asyncProperty(text, async (question) => {
    const answer = await host.control.ask(question);
    expect(answer).toMatch(/^[^h]/);
    expect(answer).not.toBe('ok');
  });
  await fc.assert(property, { numRuns: 200 });
});

describe('the connection', () => {
  test('a new one begins with a handshake, not with the last answer', async () => {
    const host = await running();
    expect(await host.stop('source', 'src')).toBe('ok');
    host.control.dropPeers();
    expect(await host.control.hears()).toBe('handshake');
    expect(await host.stop('source', 'src')).toBe('ok');
    expect(host.lost).toEqual([]);
  });

  test('what was asked on the old one is not answered on the new', async () => {
    const host = new ScriptedHost();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let configured: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      configured = resolve;
    });
    const slow = {
      configure: async () => {
        configured();
        await released;
        throw new Error('late');
      },
      open: () => undefined,
    };
    await host.run({ name: 'late', sources: { slow } });
    await host.control.say(JSON.stringify({ cmd: 'start', arg: source('slow') }));
    await asked;
    host.control.dropPeers();
    release();
    expect(await host.control.hears()).toBe('handshake');
    expect(await host.stop('source', 'slow')).toBe('ok');
  });

  test('lost for longer than the limit is lost', async () => {
    const host = new ScriptedHost();
    await host.run(PLUGIN, { hostMs: 100 });
    await host.control.close();
    await expect.poll(() => host.lost).toEqual(['no host for 0.1 s']);
  });

  test('lost with the process that started the plugin is lost at once', async () => {
    const host = await running();
    host.isOrphan = true;
    await host.control.close();
    await expect.poll(() => host.lost).toEqual(['the host that started this plugin is gone']);
  });

  test('no host at all: refused after the limit', async () => {
    const host = new ScriptedHost();
    await expect(runPlugin(PLUGIN, host.environment({ hostMs: 50 }))).rejects.toThrow(
      /^no connection to/,
    );
  });

  test('silence is never broken on the control socket', async () => {
    const host = new ScriptedHost();
    await host.run(PLUGIN, { silenceMs: 10 });
    const line = await host.listen('func_fn');
    expect(await host.start('func', 'fn')).toBe('ok');
    expect(await line.hears()).toBe('handshake');
    await line.ask({ func: 'IsAggregate' });
    // Ten milliseconds of silence on each; only the function's socket speaks.
    expect(await line.hears()).toBe('handshake');
    expect(await host.stop('source', 'src')).toBe('ok');
  });
});
