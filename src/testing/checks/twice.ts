import type { OpenSource, RuleMeta } from '../../emulator/runtime/symbol-contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { wordsOf } from '../run/case-frame.ts';
import { type Check, type CheckContext, failed, passed, skipped, type Verdict } from './check.ts';
import { eachStartable, openSource } from './open-symbol.ts';
import { makingOf } from './restart.ts';

/** The share of the check's time that rows may take. */
const SHARE = 0.5;

/** Starts a source twice, like two rules or one with concurrency 2: both must send rows and stop independently. */
export const twice: Check = (context) => eachStartable(context, ['source'], both);

async function both(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const first: RuleMeta = context.suite.nextRule();
  const counts = [0, 0];
  const opened: OpenSource[] = [];
  try {
    for (const index of [0, 1]) {
      const onMessage = (): void => {
        counts[index] = (counts[index] ?? 0) + 1;
      };
      const meta = { ...first, instanceId: index };
      opened.push(await openSource(symbol, { meta, onMessage }, context));
    }
    // A source that sent nothing alone is not waited for again.
    if (context.sourceRows.get(symbol.name) !== 0) {
      const both = async (): Promise<readonly number[] | null> =>
        counts.every((count) => count > 0) ? null : counts;
      await context.deadline.until(both, SHARE);
    }
    return await judged(symbol, counts, context);
  } catch (thrown) {
    return failed(symbol, `the second one does not start: ${wordsOf(thrown)}`, WORDS);
  } finally {
    await Promise.all(opened.map((one) => one.stop())).catch(() => undefined);
  }
}

async function judged(
  symbol: PluginSymbol,
  counts: readonly number[],
  context: CheckContext,
): Promise<Verdict> {
  if (counts.every((count) => count === 0)) return passed(symbol, 'both start; no rows came');
  if (counts.every((count) => count > 0)) return passed(symbol, 'both send rows');
  const silent = counts.indexOf(0);
  const message = `only one of two sends rows; instance ${silent} is silent`;
  const info = context.suite.host.pluginOf('source', symbol.name);
  const isSdk = silent === 1 && info !== null && (await makingOf(info)) === 'go-sdk';
  return isSdk
    ? skipped(symbol, message, { ...GO_SDK, isWarning: true })
    : failed(symbol, message, WORDS);
}

/**
 * The contexts of the Go SDK never get the instance number (sdk/go/runtime/symbol.go of v2.4.0 calls WithMeta only).
 */
const GO_SDK = {
  why: 'the Go SDK (up to 2.4.0) connects every instance of a rule to the socket of the first one',
  hint: 'leave the option "concurrency" of rules that use it at 1; several rules are no problem',
};

const WORDS = {
  why: 'eKuiper starts an instance for each rule that uses the source (and more with concurrency), all in one process of the plugin',
  hint: 'keep state in the instance, not in the class, the module or a global; ports and files need a name of their own',
};
