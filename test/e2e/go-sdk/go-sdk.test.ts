import { expect, test } from 'vitest';
import { listenPull } from '../../../src/sp/pull.ts';
import { dialPush } from '../../../src/sp/push.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { closing } from '../../wire/sockets.ts';
import { builtPlugin, command, openChannel, startPlugin } from './plugin.ts';

const CONTROL = '/tmp/plugin_kpgosdk.ipc';
const FUNCTION = '/tmp/func_kpgosdk_add.ipc';

/** What a symbol is started and stopped with, and the socket of its rows. */
function place(pluginType: string, symbolName: string, config?: object) {
  const meta = { ruleId: 'kpgosdk_rule', opId: symbolName, instanceId: 0 };
  return {
    control: { symbolName, meta, pluginType, config },
    socket: `/tmp/kpgosdk_rule_${symbolName}_0.ipc`,
    acks: `/tmp/kpgosdk_rule_${symbolName}_0_ack.ipc`,
  };
}

async function running(executable: string) {
  const control = await openChannel(CONTROL);
  const line = startPlugin(executable);
  expect(await control.greeted).toBe('handshake');
  return { control, line };
}

await describeOnUnixWith(
  'a plugin with the Go SDK',
  () => builtPlugin('kpgosdk'),
  (executable) => {
    test('functions', async () => {
      const { control } = await running(executable);
      const channel = await openChannel(FUNCTION);
      const { control: what } = place('func', 'kpgosdk_add');
      const start = command('start', { ...what, meta: { ruleId: '', opId: '', instanceId: 0 } });
      expect(await control.ask(start)).toBe('ok');
      expect(await channel.greeted).toBe('handshake');

      const where = JSON.stringify({ ruleId: 'r1', opId: 'op', instanceId: 0, funcId: 3 });
      const asked = async (func: string, arg: unknown) =>
        JSON.parse(await channel.ask({ func, arg }));
      expect(await asked('Validate', [1, 2])).toEqual({ state: true, result: '' });
      expect(await asked('Validate', [1])).toEqual({
        state: false,
        result: 'add takes two numbers',
      });
      expect(await asked('Exec', [1, 2, where])).toEqual({ state: true, result: 3 });
      expect(await asked('Exec', [1, 'x', where])).toEqual({
        state: false,
        result: 'not a number in r1, call 3',
      });
      expect(await asked('Exec', [1, 2])).toMatchObject({ state: false });
      expect(await asked('IsAggregate', null)).toEqual({ state: true, result: false });
      expect(await asked('Other', [])).toEqual({ state: false, result: 'invalid func Other' });

      const before = channel.requests();
      expect(await control.ask(start)).toBe('ok');
      expect(await asked('Exec', [3, 4, where])).toEqual({ state: true, result: 7 });
      expect(channel.requests()).toBe(before + 1);
    });

    test('a source', async () => {
      const { control, line } = await running(executable);
      const { control: what, socket } = place('source', 'kpgosdk_count', { limit: 2 });
      const rows = closing(await listenPull(socket))[Symbol.asyncIterator]();
      expect(await control.ask(command('start', { ...what, config: {} }))).toBe(
        'limit is required',
      );
      expect(await control.ask(command('start', what))).toBe('ok');
      expect(await line()).toBe('datasource ""');
      const next = async () => JSON.parse(String((await rows.next()).value));
      expect(await next()).toEqual({ message: { n: 1 }, meta: { rule: 'kpgosdk_rule' } });
      expect(await next()).toEqual({ message: { n: 2 }, meta: { rule: 'kpgosdk_rule' } });
      expect(await control.ask(command('stop', what))).toBe('ok');
      expect(await line()).toBe('source closed, context canceled');
      expect(await control.ask(command('stop', what))).toBe(
        'symbol kpgosdk_rule_kpgosdk_count_0_kpgosdk_count not found',
      );
    });

    test('a source that fails ends by itself', async () => {
      const { control, line } = await running(executable);
      const { control: what, socket } = place('source', 'kpgosdk_count', { limit: 0 });
      closing(await listenPull(socket));
      expect(await control.ask(command('start', what))).toBe('ok');
      expect([await line(), await line()]).toEqual([
        'datasource ""',
        'source closed, context canceled',
      ]);
      expect(await control.ask(command('stop', what))).toContain('not found');
    });

    test('a sink', async () => {
      const { control, line } = await running(executable);
      const { control: what, socket, acks } = place('sink', 'kpgosdk_print', { a: 1 });
      closing(await listenPull(acks));
      expect(await control.ask(command('start', what))).toBe('ok');
      expect(await line()).toBe('props map[a:1]');
      expect(await line()).toBe('sink open for kpgosdk_rule kpgosdk_print');
      const push = closing(await dialPush(socket));
      await push.send('[{"n":1}]');
      expect(await line()).toBe('row [{"n":1}]');
      expect(await control.ask(command('stop', what))).toBe('ok');
      const after = [await line(), await line()];
      expect(after.sort()).toEqual(['nothing, context canceled', 'sink closed']);
    });

    test('what it refuses', async () => {
      const { control } = await running(executable);
      const { control: unknown } = place('source', 'kpgosdk_nothing');
      expect(await control.ask(command('start', unknown))).toBe('symbol not found');
      expect(await control.ask(command('stop', unknown))).toBe(
        'symbol kpgosdk_rule_kpgosdk_nothing_0_kpgosdk_nothing not found',
      );
      expect(await control.ask({ cmd: 'pause', arg: '{}' })).toBe(
        'invalid command received: pause',
      );
      expect(await control.ask({ cmd: 'start', arg: 'no JSON' })).toContain('invalid character');
    });
  },
);
