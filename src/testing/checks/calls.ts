import { callAsRule, refusalOfArguments } from '../../emulator/runtime/call-as-rule.ts';
import type { OpenFunction } from '../../emulator/runtime/symbol-contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { isSilence, wordsOf } from '../run/case-frame.ts';
import { type Check, type CheckContext, failed, lastLine, passed, type Verdict } from './check.ts';
import { eachStartable } from './open-symbol.ts';
import { MOST_SAMPLES, sampleArguments } from './samples.ts';

/** A function is called so often with arguments that it took once, or for so many milliseconds. */
const REPEATS = 20;
const REPEAT_MS = 3_000;

/** The most arguments with which a function is tried whose metadata does not say how many it takes. */
const MOST_ARGUMENTS = 8;

/** Validates and calls every function as a rule does: with the arguments of a case, else as its metadata declares. */
export const calls: Check = (context) => eachStartable(context, ['function'], called);

async function called(symbol: PluginSymbol, context: CheckContext): Promise<Verdict> {
  const opened = await context.suite.host.openFunction(symbol.name);
  try {
    const { args: given, fill } = context.settings(symbol);
    if (given !== null) {
      return passed(symbol, callsText(await repeat(fill.values(given), opened, context)));
    }
    const declared = context.declared.args.get(symbol.name) ?? null;
    const types = declared ?? (await acceptedTypes(opened, context));
    if (Array.isArray(types)) return await tried(symbol, types, opened, context);
    return refused(symbol, wordsOf(types), 'with none to eight arguments');
  } catch (thrown) {
    return thrown instanceof Refused
      ? refused(symbol, thrown.message, 'with the arguments of its metadata')
      : failed(symbol, `a call fails: ${wordsOf(thrown)}`, EVERY_ROW);
  }
}

class Refused extends Error {}

/** The number of arguments that `Validate` accepts, as that many unknown types; else its refusal of one argument. */
async function acceptedTypes(
  opened: OpenFunction,
  { deadline }: CheckContext,
): Promise<readonly string[] | Error> {
  let refusal: Error | null = null;
  for (const count of [1, 2, 0, 3, 4, 5, 6, 7, MOST_ARGUMENTS]) {
    const args = Array.from({ length: count }, () => '');
    const one = await deadline.wait(refusalOfArguments(opened, args), 'Validate');
    if (one === null) return args;
    refusal ??= one;
  }
  return refusal ?? new Error('no answer');
}

/** Calls with samples of the declared types until one is taken, then repeats that one. */
async function tried(
  symbol: PluginSymbol,
  types: readonly string[],
  opened: OpenFunction,
  context: CheckContext,
): Promise<Verdict> {
  const { deadline } = context;
  const isAggregate = await deadline.wait(opened.isAggregate(), 'IsAggregate');
  const empty = types.map(() => '');
  const refusal = await deadline.wait(refusalOfArguments(opened, empty), 'Validate');
  if (refusal !== null) throw new Refused(refusal.message);
  let error = '';
  for (let index = 0; index < MOST_SAMPLES; index += 1) {
    const args = sampleArguments(types, index, isAggregate);
    const words = await errorOf(args, opened, context);
    if (words === null) {
      context.functionArgs.set(symbol.name, args);
      return passed(symbol, callsText(1 + (await repeat(args, opened, context))));
    }
    error ||= words;
  }
  return failed(symbol, `every call fails with made-up arguments: ${lastLine(error)}`, {
    ...EVERY_ROW,
    hint: `if it needs certain arguments, name some in a case file: checks: { functions: { ${symbol.name}: { args: [ … ] } } }`,
  });
}

async function errorOf(
  args: readonly unknown[],
  opened: OpenFunction,
  context: CheckContext,
): Promise<string | null> {
  try {
    await callOnce(args, opened, context);
    return null;
  } catch (thrown) {
    // Without an answer every further call would wait as long.
    if (isSilence(thrown)) throw thrown;
    return wordsOf(thrown);
  }
}

async function repeat(
  args: readonly unknown[],
  opened: OpenFunction,
  context: CheckContext,
): Promise<number> {
  const { now } = context.suite;
  const ends = now() + REPEAT_MS;
  let count = 0;
  while (count < REPEATS && now() < ends) {
    await callOnce(args, opened, context);
    count += 1;
  }
  return count;
}

function callOnce(
  args: readonly unknown[],
  opened: OpenFunction,
  { suite, deadline }: CheckContext,
): Promise<unknown> {
  const call = callAsRule(opened, args, { ...suite.nextRule(), funcId: 0 });
  return deadline.wait(call, 'the call');
}

function callsText(count: number): string {
  return `validated, called ${count === 1 ? 'once' : `${count} times`}`;
}

function refused(symbol: PluginSymbol, words: string, how: string): Verdict {
  return failed(symbol, `Validate refuses it ${how}: ${words}`, {
    why: 'eKuiper asks Validate when a rule is created, and refuses the rule with these words',
    hint: 'Python: return "" from validate for arguments that are right (None and True are refusals); Go: return nil',
  });
}

const EVERY_ROW = {
  why: 'eKuiper calls a function once for each row; an error takes the place of the row',
  hint: 'look at the log of the plugin below',
};
