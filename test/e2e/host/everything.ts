import path from 'node:path';
import { expect } from 'vitest';
import type { SourceMessage } from '../../../src/emulator/runtime/symbol-contract.ts';
import { calls } from '../../wire/sockets.ts';
import { type HostWorld, metaOf } from './open-host.ts';

/** The rule in whose name the tests call functions. */
export const RULE = { ruleId: 'kpl', opId: 'op', instanceId: 0, funcId: 0 };

/** Opens everything that the plugin has, and sees it work. */
export async function everything(
  { host, folder }: Pick<HostWorld, 'host' | 'folder'>,
  name: string,
  rule = `${name}_r`,
) {
  const two = await host.openFunction(`${name}_two`);
  const three = await host.openFunction(`${name}_three`);
  const rows = calls<SourceMessage>();
  const acks = calls<string | null>();
  const config = await host.sourceConfig({ source: `${name}_src`, overrides: { count: 1 } });
  const meta = metaOf(rule, 's');
  const source = await host.openSource({ symbol: `${name}_src`, meta, config, onMessage: rows.on });
  const sink = await host.openSink({
    symbol: `${name}_snk`,
    meta: metaOf(rule, 'k'),
    config: { path: path.join(folder, `${rule}.txt`) },
    onAck: acks.on,
  });
  await sink.send('[]');
  await Promise.all([rows.nth(2), acks.nth(1)]);
  expect([await two.exec([2], RULE), await three.exec([2], RULE)]).toEqual([4, 6]);
  return { two, three, rows, source, sink, acks };
}
