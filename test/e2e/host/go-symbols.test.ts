import { expect, test } from 'vitest';
import type { SourceMessage } from '../../../src/emulator/runtime/symbol-contract.ts';
import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls } from '../../wire/sockets.ts';
import { builtPlugin } from '../go-sdk/plugin.ts';
import { commandsIn, metaOf, openHost } from './open-host.ts';

const NAME = 'kpgohost';
const RULE = { ruleId: 'kphg', opId: 'op', instanceId: 0, funcId: 5 };

/** The plugin of test/fixtures/go-plugin; its program is a link, for it has some megabytes. */
function goPlugin(executable: string): ZipEntrySpec[] {
  const manifest = {
    version: '1.0.0',
    language: 'go',
    executable: 'run',
    sources: [`${NAME}_count`],
    sinks: [`${NAME}_print`],
    functions: [`${NAME}_add`],
  };
  return [
    { name: `${NAME}.json`, text: JSON.stringify(manifest) },
    { name: 'run', text: `#!/bin/sh\nexec ${executable} "$@"\n`, mode: '755' },
    { name: 'sources/', dir: true },
    { name: `sources/${NAME}_count.yaml`, text: 'default:\n  limit: 2\nmany:\n  limit: 3\n' },
  ];
}

await describeOnUnixWith(
  'symbols of a plugin with the Go SDK',
  () => builtPlugin(NAME),
  (executable) => {
    test('source, sink and function, over an update', async () => {
      const world = await openHost();
      const { host, events } = world;
      await world.install(NAME, goPlugin(executable));
      const printed = () => host.logOf(NAME).map(({ line }) => line);
      const add = await host.openFunction(`${NAME}_add`);
      await add.validate([1, 2]);
      await expect(add.validate([1])).rejects.toThrow(
        'validate return state is false, got &{State:false Result:add takes two numbers}',
      );
      expect(await add.isAggregate()).toBe(false);
      expect(await Promise.all([1, 2, 3].map((n) => add.exec([n, 1], RULE)))).toEqual([2, 3, 4]);
      await expect(add.exec([1, 'x'], RULE)).rejects.toThrow('not a number in kphg, call 5');

      const rows = calls<SourceMessage>();
      const config = await host.sourceConfig({ source: `${NAME}_count`, confKey: 'MANY' });
      const request = { symbol: `${NAME}_count`, config, onMessage: rows.on };
      const source = await host.openSource({ ...request, meta: metaOf('kphg', 'count') });
      expect(await rows.nth(3)).toMatchObject({ message: { n: 3 }, meta: { rule: 'kphg' } });
      const refused = { ...request, config: {}, meta: metaOf('kphg', 'other') };
      await expect(host.openSource(refused)).rejects.toThrow('receive error: limit is required');

      const sink = await host.openSink({
        symbol: `${NAME}_print`,
        meta: metaOf('kphg', 'print'),
        config: { a: 1 },
      });
      await sink.send('[{"n":1}]');
      await expect.poll(printed).toContain('row [{"n":1}]');
      expect(host.status(NAME)?.refCount).toEqual({ kphg: 2 });

      await world.install(NAME, goPlugin(executable), 'PUT');
      expect((await rows.nth(6)).message).toEqual({ n: 3 });
      expect(await add.exec([4, 5], RULE)).toBe(9);
      await sink.send('[{"n":2}]');
      await expect.poll(printed).toContain('row [{"n":2}]');
      await source.stop();
      await sink.stop();
      expect(commandsIn(events).slice(-2)).toEqual([
        `stop source ${NAME}_count ok`,
        `stop sink ${NAME}_print ok`,
      ]);
      expect(host.status(NAME)?.refCount).toEqual({});
    });

    test('a sink that is to acknowledge but does not is waited for no longer than said', async () => {
      const world = await openHost({ timeouts: { receiveMs: 800 } });
      const { host } = world;
      await world.install(NAME, goPlugin(executable));
      const sink = await host.openSink({
        symbol: `${NAME}_print`,
        meta: metaOf('kphg2', 'print'),
        config: { requireAck: true },
      });
      await expect(sink.send('[{"n":1}]')).rejects.toThrow(
        'no acknowledgement within 800 ms; with requireAck eKuiper would wait for ever (the Go SDK sends none since 2.2.2',
      );
      await sink.stop();
    });
  },
);
