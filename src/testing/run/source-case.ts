import type {
  SourceConfigRequest,
  SourceMessage,
} from '../../emulator/runtime/symbols/contract.ts';
import type { SourceCase } from '../case.ts';
import { OutOfTime } from './deadline.ts';
import { expectNone } from './failure.ts';
import { RowWatch } from './row-watch.ts';
import type { Spot } from './spot.ts';
import { started } from './started.ts';

/** Starts the source, looks at its messages as they come and stops it. Throws CaseFailure. */
export async function runSource(one: SourceCase, spot: Spot): Promise<void> {
  const { host, deadline, meta } = spot;
  const watch = new RowWatch(one, spot.fill);
  const config = await host.sourceConfig(configRequest(one, spot));
  const opening = host.openSource({
    symbol: one.symbol,
    meta,
    config,
    // 1.14 sends it beside the configuration.
    ...(one.dataSource === null ? {} : { dataSource: spot.fill.text(one.dataSource) }),
    onMessage: (message: SourceMessage) => watch.take(message),
    onFault: (text) => watch.fault(text),
  });
  const opened = await started('source', one, opening, spot);
  if (opened === null) return;
  try {
    await deadline.wait(watch.ended, 'the messages').catch((thrown: unknown) => {
      throw thrown instanceof OutOfTime ? watch.late(deadline) : thrown;
    });
    expectNone(watch.verdict);
  } finally {
    await opened.stop().catch(() => undefined);
  }
}

export function configRequest(
  one: Pick<SourceCase, 'symbol' | 'confKey' | 'dataSource' | 'config'>,
  { fill }: Pick<Spot, 'fill'>,
): SourceConfigRequest {
  return {
    source: one.symbol,
    overrides: fill.settings(one.config),
    ...(one.confKey === null ? {} : { confKey: one.confKey }),
    ...(one.dataSource === null ? {} : { dataSource: fill.text(one.dataSource) }),
  };
}
