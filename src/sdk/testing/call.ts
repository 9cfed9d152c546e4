import type { FunctionSpec } from '../api/function.ts';
import { Calls } from '../runtime/call.ts';
import { makeFunction } from '../runtime/make.ts';
import { QUIET, RULE } from './environment.ts';

/**
 * Calls a function once as eKuiper does: arguments and result are encoded as JSON. Throws an Error with the message
 * that eKuiper gets.
 */
export async function callFunction(spec: FunctionSpec, args: readonly unknown[]): Promise<unknown> {
  const calls = new Calls(makeFunction(spec), QUIET);
  const arg = [...args, JSON.stringify({ ...RULE, funcId: 0 })];
  const question = Buffer.from(JSON.stringify({ func: 'Exec', arg }));
  const { state, result } = JSON.parse(await calls.answer(question));
  if (state === true) return result;
  throw new Error(result);
}
