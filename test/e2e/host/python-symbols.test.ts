import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SourceMessage } from '../../../src/emulator/runtime/symbol-contract.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls } from '../../wire/sockets.ts';
import { commandsIn, metaOf, openHost } from './open-host.ts';
import { pythonPlugin } from './python-plugin.ts';

const RULE = { ruleId: 'kph_r', opId: 'op', instanceId: 0, funcId: 0 };

await describeOnUnixWith('symbols of a plugin with the real Python SDK', sdkPython, (python) => {
  test('a source starts with what eKuiper would send, and its rows arrive in order', async () => {
    const { host, install } = await openHost({ python });
    await install('kph_a', await pythonPlugin('kph_a'));
    const config = await host.sourceConfig({ source: 'kph_a_src', dataSource: 'topic' });
    const rows = calls<SourceMessage>();
    const meta = metaOf('kph_a1', 's');
    const source = await host.openSource({ symbol: 'kph_a_src', meta, config, onMessage: rows.on });
    expect((await rows.nth(1)).message).toEqual({
      datasource: '',
      rule: 'kph_a1',
      conf: {
        count: 3,
        datasource: 'topic',
        delimiter: '',
        format: 'json',
        key: '',
        retainSize: 0,
        schemaId: '',
        strictValidation: false,
        timestamp: '',
        timestampFormat: '',
      },
    });
    expect(await rows.nth(4)).toMatchObject({ message: { n: 2, text: 'ä"\'' }, meta: { key: 2 } });
    expect(source.count).toBe(4);
    expect(host.status('kph_a')?.refCount).toEqual({ kph_a1: 1 });
    await source.stop();
    expect(host.status('kph_a')?.refCount).toEqual({});
    await expect
      .poll(() => host.logOf('kph_a').map(({ line }) => line))
      .toContain('source of kph_a1 closed');
  });

  test('functions answer, and a sink writes what it is sent', async () => {
    const { host, install, folder, events } = await openHost({ python });
    await install('kph_b', await pythonPlugin('kph_b'));
    const [two, three] = await Promise.all([
      host.openFunction('kph_b_two'),
      host.openFunction('kph_b_three'),
    ]);
    expect(await two.isAggregate()).toBe(false);
    expect(await three.isAggregate()).toBe(true);
    await two.validate([{ StreamName: 's', Name: 'n' }]);
    await expect(two.validate([])).rejects.toThrow(
      'validate return state is false, got &{State:false Result:one argument, please}',
    );
    const results = await Promise.all([1, 2, 3].map((n) => two.exec([n], RULE)));
    expect(results).toEqual([2, 4, 6]);
    expect(await three.exec(['rule'], RULE)).toEqual(['kph_r', 'op', 0]);
    await expect(two.exec(['exit'], RULE)).rejects.toThrow('SystemError: as asked');
    const file = path.join(folder, 'out.txt');
    const acks: (string | null)[] = [];
    const sink = await host.openSink({
      symbol: 'kph_b_snk',
      meta: metaOf('kph_b1', 'k'),
      config: { path: file },
      onAck: (error) => acks.push(error),
    });
    await sink.send('[{"a":1}]');
    await sink.send(Buffer.from('[{"bad":2}]'));
    await expect.poll(() => acks).toEqual([null, 'row 2 is bad']);
    expect(await readFile(file, 'utf8')).toBe('1 [{"a":1}]\n2 [{"bad":2}]\n');
    await sink.stop();
    expect(commandsIn(events).sort()).toEqual([
      'start function kph_b_three ok',
      'start function kph_b_two ok',
      'start sink kph_b_snk ok',
      'stop sink kph_b_snk ok',
    ]);
  });
});
