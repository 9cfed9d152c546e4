import type { OpenSource, RuleMeta } from '../../emulator/runtime/contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { symbolKey } from '../case/case.ts';
import { wordsOf } from '../run/failure.ts';
import { type Check, type CheckRoom, failed, passed, skipped, type Verdict } from './check.ts';
import { ofKind, openSource } from './open-symbol.ts';
import { makingOf } from './workaround.ts';

/** Part of the check's time that rows have to come. */
const SHARE = 0.5;

/** Two rules with the same source, or one with concurrency 2: both get rows, and stop on their own. */
export const twice: Check = async (room) => {
  const verdicts: Verdict[] = [];
  for (const symbol of ofKind(room, 'source')) {
    if (!room.startable.has(symbolKey(symbol))) continue;
    await room.life.ensure();
    verdicts.push(await both(symbol, room));
  }
  return verdicts;
};

async function both(symbol: PluginSymbol, room: CheckRoom): Promise<Verdict> {
  const first: RuleMeta = room.around.nextRule();
  const counts = [0, 0];
  const opened: OpenSource[] = [];
  try {
    for (const index of [0, 1]) {
      const onMessage = (): void => {
        counts[index] = (counts[index] ?? 0) + 1;
      };
      const meta = { ...first, instanceId: index };
      opened.push(await openSource(symbol, { meta, onMessage }, room));
    }
    await room.deadline.until(
      async () => (counts.every((count) => count > 0) ? null : counts),
      SHARE,
    );
    return await judged(symbol, counts, room);
  } catch (thrown) {
    return failed(symbol, `the second one does not start: ${wordsOf(thrown)}`, WORDS);
  } finally {
    await Promise.all(opened.map((one) => one.stop())).catch(() => undefined);
  }
}

async function judged(
  symbol: PluginSymbol,
  counts: readonly number[],
  room: CheckRoom,
): Promise<Verdict> {
  if (counts.every((count) => count === 0)) return passed(symbol, 'both start; no rows came');
  if (counts.every((count) => count > 0)) return passed(symbol, 'both send rows');
  const silent = counts.indexOf(0);
  const message = `only one of two sends rows; instance ${silent} is silent`;
  const info = room.around.host.pluginOf('source', symbol.name);
  const isSdk = silent === 1 && info !== null && (await makingOf(info)) === 'go-sdk';
  return isSdk
    ? skipped(symbol, message, { ...GO_SDK, isWarning: true })
    : failed(symbol, message, WORDS);
}

/** Its contexts never get the number of the instance (sdk/go/runtime/symbol.go of v2.4.0 calls WithMeta only). */
const GO_SDK = {
  why: 'the Go SDK (up to 2.4.0) connects every instance of a rule to the socket of the first one',
  hint: 'leave the option "concurrency" of rules that use it at 1; several rules are no problem',
};

const WORDS = {
  why: 'eKuiper starts an instance for each rule that uses the source (and more with concurrency), all in one process of the plugin',
  hint: 'keep state in the instance, not in the class, the module or a global; ports and files need a name of their own',
};
