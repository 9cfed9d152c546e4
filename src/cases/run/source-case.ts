import type {
  OpenSource,
  SourceConfigRequest,
  SourceMessage,
} from '../../host/symbols/contract.ts';
import type { SourceCase } from '../case.ts';
import { errorDifference, showError } from '../expect/error-text.ts';
import { OutOfTime } from './deadline.ts';
import { CaseFailure, expectNone, wordsOf } from './failure.ts';
import { RowWatch } from './row-watch.ts';
import { isSilence } from './silence.ts';
import type { Spot } from './spot.ts';

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
  const opened = await started(one, opening, spot);
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

/** The running source; null when it was to fail and did. */
async function started(
  { error, symbol }: SourceCase,
  opening: Promise<OpenSource>,
  { deadline, fill }: Spot,
): Promise<OpenSource | null> {
  try {
    return await deadline.wait(opening, `start ${symbol}`);
  } catch (thrown) {
    // It may still come to run when nobody waits any more.
    void opening.then((late) => late.stop()).catch(() => undefined);
    if (thrown instanceof CaseFailure) throw thrown;
    if (error === null || isSilence(thrown)) {
      throw new CaseFailure(`the source does not start: ${wordsOf(thrown)}`);
    }
    expectNone(errorDifference(fill.error(error), wordsOf(thrown)), `not ${showError(error)}`);
    return null;
  }
}
