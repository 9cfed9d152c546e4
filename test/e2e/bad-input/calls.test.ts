import { expect, test } from 'vitest';
import type { OpenFunction } from '../../../src/emulator/runtime/symbol-contract.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { Hosting } from './hosting.ts';
import { rawPlugin } from './raw-plugin.ts';

const NO_ANSWER = 'kplugin: no answer to "start" within 1 s; eKuiper would wait an hour';
const CONTEXT = { ruleId: 'r1', opId: 'op', instanceId: 0, funcId: 0 };
const TIMEOUTS = { receiveMs: 1000, commandMs: 1000 };
const exec = (open: OpenFunction, value: unknown): Promise<unknown> => open.exec([value], CONTEXT);

/** A function of a plugin with these bad manners, opened in a host of its own. */
async function opened(prefix: string, manners: string): Promise<[Hosting, OpenFunction]> {
  const hosting = await Hosting.start(prefix, { timeouts: TIMEOUTS });
  const name = `${prefix}_bad`;
  await hosting.install(name, rawPlugin(name, `${manners}; run();`));
  return [hosting, await hosting.host.openFunction(`${name}_fn`)];
}

describeOnUnix('a function', () => {
  test('that answers late: that call times out, and no later one gets its answer', async () => {
    const late = `
      let calls = 0;
      ask.call = (call, socket) => {
        calls += 1;
        setTimeout(() => socket.write(request(JSON.stringify(ask.result(call)))), calls === 1 ? 1500 : 0);
      };`;
    const [hosting, open] = await opened('bica', late);
    expect(await hosting.refusal(exec(open, 'first'))).toEqual([
      'time out, plugin bica_bad status running, message: ',
    ]);
    expect(await exec(open, 'second')).toBe('second');
    expect(await exec(open, 'third')).toBe('third');
    expect(hosting.notes('bica_bad')).toEqual([
      'function bica_bad_fn answered late: {"state":true,"result":"first"}',
    ]);
  });

  test('that answers twice: as with eKuiper the next call gets the second answer, but here that is said', async () => {
    const twice = `
      ask.call = (call, socket) => {
        const answer = request(JSON.stringify(ask.result(call)));
        socket.write(Buffer.concat([answer, answer]));
      };`;
    const [hosting, open] = await opened('bicb', twice);
    expect(await exec(open, 'first')).toBe('first');
    expect(await exec(open, 'second')).toBe('first');
    expect(await exec(open, 'third')).toBe('second');
    expect(hosting.notes('bicb_bad')).toEqual([
      'function bicb_bad_fn answered before it was asked: {"state":true,"result":"first"}; from now on answers may be one call off',
    ]);
  });

  test.each([
    ['garbage', 'bicc', `'zzz'`, ['Failed to unmarshal function result zzz']],
    ['nothing', 'bicd', `''`, ['Failed to unmarshal function result ']],
    ['a list', 'bice', `'[1]'`, ['Failed to unmarshal function result [1]']],
    ['no state', 'bicf', `'{"result":"oh"}'`, ['oh']],
  ])('that answers %s: the call fails in its words', async (_, prefix, answer, words) => {
    const [hosting, open] = await opened(
      prefix,
      `ask.call = (call, socket) => socket.write(request(${answer}))`,
    );
    expect(await hosting.refusal(exec(open, 'x'))).toEqual(words);
    expect(await hosting.refusal(exec(open, 'x'))).toEqual(words);
  });

  test('that claims a frame of 2^60 bytes', async () => {
    const claims = `ask.call = (call, socket) => { socket.write(header(2n ** 60n)); socket.write(Buffer.alloc(1e6)); }`;
    const [hosting, open] = await opened('bicg', claims);
    expect(await hosting.refusal(exec(open, 'x'))).toEqual([
      'time out, plugin bicg_bad status running, message: ',
    ]);
    expect(hosting.notes('bicg_bad')).toEqual([
      'function bicg_bad_fn sent what is not the protocol: a message of 1152921504606846976 bytes, more than the 4294967295 accepted; its connection was closed',
    ]);
  });

  test('that closes its connection', async () => {
    const [hosting, open] = await opened('bich', `ask.call = (call, socket) => socket.destroy()`);
    expect(await hosting.refusal(exec(open, 'x'))).toEqual([
      'time out, plugin bich_bad status running, message: ',
    ]);
  });

  test('whose plugin ends in the middle of a call', async () => {
    const [hosting, open] = await opened('bici', `ask.call = () => process.exit(3)`);
    const words = ['time out, plugin bici_bad status error, message: exit status 3'];
    expect(await hosting.refusal(exec(open, 'x'))).toEqual(words);
    expect(await hosting.refusal(exec(open, 'x'))).toEqual(words);
  });
});

describeOnUnix('a plugin that is told to start a symbol', () => {
  test.each([
    ['says nothing', 'bicj', `ask.command = () => {}`, ['receive error: ', NO_ANSWER]],
    [
      'says something else',
      'bick',
      `ask.command = (c, socket) => socket.write(request('no, thanks'))`,
      ['receive error: no, thanks'],
    ],
    [
      'says nothing at all',
      'bicl',
      `ask.command = (c, socket) => socket.write(request(''))`,
      [
        'receive error: ',
        'kplugin: it answered with nothing; "ok" is what starts and stops a symbol',
      ],
    ],
    [
      'closes the connection',
      'bicm',
      `ask.command = (c, socket) => socket.destroy()`,
      ['receive error: ', NO_ANSWER],
    ],
    [
      'ends',
      'bicn',
      `ask.command = () => process.exit(0)`,
      [
        'plugin bicn_bad is not running successfully, please make sure it is valid',
        'kplugin: its process has ended',
      ],
    ],
    [
      'claims a frame of 2^60 bytes',
      'bico',
      `ask.command = (c, socket) => socket.write(header(2n ** 60n))`,
      [
        'receive error: ',
        'kplugin: what it answered to "start" is not the protocol: a message of 1152921504606846976 bytes, more than the 4294967295 accepted',
      ],
    ],
  ])('and %s', async (_, prefix, manners, words) => {
    const hosting = await Hosting.start(prefix, { timeouts: TIMEOUTS });
    const name = `${prefix}_bad`;
    await hosting.install(name, rawPlugin(name, `${manners}; run();`));
    expect(await hosting.refusal(hosting.host.openFunction(`${name}_fn`))).toEqual(words);
    expect(hosting.host.openFunctions.map(({ symbol }) => symbol)).toEqual([]);
  });

  test('and answers twice: the second answer is thrown away', async () => {
    const twice = `
      const once = ask.command;
      ask.command = (command, socket) => { once(command, socket); socket.write(request('ok')); }`;
    const [hosting, open] = await opened('bicp', twice);
    expect(await exec(open, 'x')).toBe('x');
    const meta = { ruleId: 'bicp', opId: 'op', instanceId: 0 };
    const source = await hosting.host.openSource({
      symbol: 'bicp_bad_source',
      meta,
      config: {},
      onMessage: () => undefined,
    });
    await source.stop();
  });
});
