import type { FunctionContext, OpenFunction } from '../../emulator/runtime/symbols/contract.ts';
import type { FunctionCall, FunctionCase } from '../case.ts';
import { errorDifference, showError } from '../expect/error-text.ts';
import { differenceOf } from '../expect/match.ts';
import { showValue } from '../expect/show.ts';
import type { Difference } from '../result.ts';
import { CaseFailure, expectNone, wordsOf } from './failure.ts';
import { isSilence } from './silence.ts';
import type { Spot } from './spot.ts';

/** Validate, IsAggregate and the calls, in eKuiper's order. Throws CaseFailure. */
export async function runFunction(one: FunctionCase, spot: Spot): Promise<void> {
  const { host, deadline, meta } = spot;
  const opened = await deadline.wait(host.openFunction(one.symbol), `start ${one.symbol}`);
  if (one.validate) await validated(one.validate, opened, spot);
  if (one.aggregate !== null) await aggregated(one.aggregate, opened, spot);
  for (const [index, call] of one.calls.entries()) {
    const path = one.isConversation ? `calls[${index}].` : '';
    const context = { ...meta, funcId: 0 };
    expectNone(await called(call, path, context, opened, spot));
  }
}

async function validated(
  { args, error }: NonNullable<FunctionCase['validate']>,
  opened: OpenFunction,
  { deadline, fill }: Spot,
): Promise<void> {
  const said = await refusalOf(deadline.wait(opened.validate(fill.values(args)), 'Validate'));
  if (error && said === null)
    throw new CaseFailure('', noError(showError(error), 'validate', 'ok'));
  if (error && said !== null) expectNone(errorDifference(fill.error(error), said));
  if (!error && said !== null) {
    throw new CaseFailure('', { path: 'validate', expected: 'ok', received: `an error: ${said}` });
  }
}

async function aggregated(expected: boolean, opened: OpenFunction, spot: Spot): Promise<void> {
  const received = await spot.deadline.wait(opened.isAggregate(), 'IsAggregate');
  if (received === expected) return;
  throw new CaseFailure('', {
    path: 'aggregate',
    expected: String(expected),
    received: String(received),
  });
}

async function called(
  { args, result, error }: FunctionCall,
  path: string,
  context: FunctionContext,
  opened: OpenFunction,
  { deadline, fill }: Spot,
): Promise<Difference | null> {
  let value: unknown = null;
  const exec = opened.exec(fill.values(args), context).then((one) => {
    value = one;
  });
  const said = await refusalOf(deadline.wait(exec, `${path}the call`));
  if (error) {
    if (said === null) return noError(showError(error), `${path}error`, showValue(value));
    const difference = errorDifference(fill.error(error), said);
    return difference && { ...difference, path: `${path}${difference.path}` };
  }
  if (said !== null) {
    const expected = result ? 'a result' : 'any result';
    return { path: `${path}result`, expected, received: `an error: ${said}` };
  }
  return result && differenceOf(fill.pattern(result), value, `${path}result`);
}

function noError(expected: string, path: string, received: string): Difference {
  return { path, expected, received: `no error but ${received}` };
}

/** The function's own error; null when there is none. Silence is no error of the function but a failure. */
async function refusalOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (thrown instanceof CaseFailure || isSilence(thrown)) throw thrown;
    return wordsOf(thrown);
  }
}
