import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import type { RuleUse } from './rule-uses.ts';

/** Milliseconds for one question. eKuiper gives a function 5 s; the question waits for a call that is under way. */
const QUESTION = 15_000;

const ASK_EVERY = 1000;

/**
 * Whether the process of a plugin answered. `unknown`: nothing of it could be asked, because no rule calls a function
 * of it, or because this eKuiper does not check rules.
 */
export type ProcessAnswer = 'answers' | 'silent' | 'unknown';

/**
 * The functions of a plugin that running rules call. Only these are asked: a question about another one would start it,
 * and after the next update eKuiper starts the function that it started last, and no other
 * (docs/ekuiper.md#functions-after-an-update).
 */
export function calledFunctions(
  uses: readonly RuleUse[],
  running: readonly string[],
): readonly string[] {
  const symbols = uses
    .filter(({ rule }) => running.includes(rule))
    .flatMap((use) => use.symbols.filter(({ kind }) => kind === 'function'));
  return [...new Set(symbols.map(({ name }) => name))];
}

/**
 * Asks functions of a plugin in turn until one answers, for at most `limit` milliseconds, at least each once. The
 * answer comes from the present process, while `/status` may repeat what a previous one said
 * (docs/ekuiper.md#status). One is enough: after an update eKuiper may have lost the others. Throws HostFailure.
 */
export async function functionsAnswer(
  client: HostClient,
  functions: readonly string[],
  { clock, limit }: { readonly clock: Clock; readonly limit: number },
): Promise<ProcessAnswer> {
  const end = clock.now() + limit;
  for (;;) {
    let isSilent = false;
    for (const name of functions) {
      const answer = await asked(client, name);
      if (answer === 'answers') return answer;
      isSilent ||= answer === 'silent';
    }
    if (!isSilent) return 'unknown';
    if (clock.now() >= end) return 'silent';
    await clock.pause(ASK_EVERY);
  }
}

/** What a function itself answered may contain the same words. */
function isTimeOut(words: string): boolean {
  return /error: (?:receive )?time out/.test(words) && !/validate return state/.test(words);
}

/**
 * Asks one function whether it takes no arguments. eKuiper asks the plugin before it looks whether the stream exists,
 * so a refusal by the function is an answer as well.
 */
async function asked(client: HostClient, name: string): Promise<ProcessAnswer> {
  const sql = `SELECT \`${name}\`() AS x FROM kplugin_asks`;
  const rule = { id: 'kplugin-asks', sql, actions: [{ log: {} }] };
  try {
    const check = await client.checkRule(rule, QUESTION);
    if (check === null || /function .{1,200} not found/.test(check.words)) return 'unknown';
    return isTimeOut(check.words) ? 'silent' : 'answers';
  } catch (thrown) {
    if (thrown instanceof HostFailure && thrown.kind === 'timeout') return 'silent';
    throw thrown;
  }
}
