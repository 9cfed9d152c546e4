import { expect, test } from 'vitest';
import { isRunning } from '../../fixtures/is-running.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { Hosting } from './hosting.ts';
import { rawPlugin } from './raw-plugin.ts';

const CONTEXT = { ruleId: 'r1', opId: 'op', instanceId: 0, funcId: 0 };

describeOnUnix('a process', () => {
  test('that ignores SIGTERM and all the rest is gone when the plugin is removed', async () => {
    const hosting = await Hosting.start('bipa');
    const deaf = `for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});`;
    await hosting.install('bipa_bad', rawPlugin('bipa_bad', `${deaf} run();`));
    const before = await hosting.running();
    expect(before).toHaveLength(2);
    await hosting.host.remove('bipa_bad');
    expect(await hosting.running()).toHaveLength(1);
  });

  test('that forks: its children end with it, and that is said', async () => {
    const hosting = await Hosting.start('bipb');
    const forks = `
      const child = spawn('sleep', ['600'], { stdio: 'inherit' });
      note('child', child.pid);
      run();`;
    await hosting.install('bipb_bad', rawPlugin('bipb_bad', forks));
    const child = Number(await hosting.noted('child'));
    expect(await isRunning(child)).toBe(true);
    await hosting.host.remove('bipb_bad');
    // It was sent a signal that nobody survives; the system takes its time.
    await expect.poll(() => isRunning(child), { timeout: 10_000 }).toBe(false);
    expect(hosting.notes('bipb_bad')).toEqual([
      'children of the process outlived it; ended here, eKuiper would leave them behind',
    ]);
  });

  test('that ends and leaves a child which holds its output open is no running plugin', async () => {
    const hosting = await Hosting.start('bipc');
    const leaves = `
      const child = spawn('sleep', ['600'], { stdio: 'inherit' });
      note('child', child.pid);
      ask.call = () => process.exit(4);
      run();`;
    await hosting.install('bipc_bad', rawPlugin('bipc_bad', leaves));
    const open = await hosting.host.openFunction('bipc_bad_fn');
    expect(await hosting.refusal(open.exec(['x'], CONTEXT))).toEqual([
      'time out, plugin bipc_bad status error, message: exit status 4',
    ]);
    const child = Number(await hosting.noted('child'));
    await expect.poll(() => isRunning(child), { timeout: 10_000 }).toBe(false);
  });
});

describeOnUnix('a source', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'bips1',
      'garbage',
      `socket.write('zzzzzzzzzzzzzzzzz')`,
      /^the connection was closed: frame type 122 where a message should start$/,
    ],
    [
      'bips2',
      'a frame of 2^60 bytes',
      `socket.write(header(2n ** 60n))`,
      /^the connection was closed: a message of 1152921504606846976 bytes, more than the 4294967295 accepted$/,
    ],
    [
      'bips3',
      'no JSON',
      `send('not json')`,
      /^Invalid data format, cannot decode not json to json format with error ./,
    ],
    [
      'bips4',
      'no object',
      `send('[1, 2]')`,
      /^Invalid data format, cannot decode \[1, 2\] to json format with error it is no object$/,
    ],
    [
      'bips5',
      'an error',
      `send('{"error":"the sensor is gone"}')`,
      /^the source reports an error, which eKuiper 2 drops: the sensor is gone$/,
    ],
  ])(
    '%s that sends %s: it is said, and rows before and after arrive',
    async (prefix, _, script, said) => {
      const name = `${prefix}_bad`;
      const hosting = await Hosting.start(prefix);
      const source = `
      function connect() {
        const socket = net.connect('/tmp/' + NAME + '_op_0.ipc').on('error', () => {});
        socket.write(Buffer.from([0, 0x53, 0x50, 0, 0, 0x50, 0, 0]));
        const send = (text) => socket.write(Buffer.concat([header(Buffer.byteLength(text)), Buffer.from(text)]));
        return { socket, send };
      }
      ask.command = (command, from) => {
        from.write(request('ok'));
        if (command.cmd !== 'start') return;
        const { socket, send } = connect();
        send('{"message":{"row":1}}');
        ${script};
        setTimeout(() => connect().send('{"message":{"row":2}}'), 200);
      };`;
      await hosting.install(name, rawPlugin(name, `${source} run();`));
      const rows: unknown[] = [];
      const faults: string[] = [];
      const open = await hosting.host.openSource({
        symbol: `${name}_source`,
        meta: { ruleId: name, opId: 'op', instanceId: 0 },
        config: {},
        onMessage: ({ message }) => {
          rows.push(message);
        },
        onFault: (text) => faults.push(text),
      });
      await expect.poll(() => rows, { timeout: 10_000 }).toEqual([{ row: 1 }, { row: 2 }]);
      expect(faults).toEqual([expect.stringMatching(said)]);
      await open.stop();
    },
  );
});

describeOnUnix('a sink', () => {
  test('that answers "ok" and listens nowhere', async () => {
    const hosting = await Hosting.start('bipk');
    const manners = `ask.command = (command, socket) => socket.write(request('ok'));`;
    await hosting.install('bipk_bad', rawPlugin('bipk_bad', `${manners} run();`));
    const opening = hosting.host.openSink({
      symbol: 'bipk_bad_sink',
      meta: { ruleId: 'bipk', opId: 'op', instanceId: 0 },
      config: {},
    });
    expect(await hosting.refusal(opening)).toEqual([
      "can't dial on push socket: dial unix /tmp/bipk_op_0.ipc: connect: no such file or directory",
      'kplugin: the sink answered "ok" but listens on no socket, after 5 s',
    ]);
    expect(hosting.host.openSinks).toEqual([]);
  });
});
