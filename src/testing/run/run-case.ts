import path from 'node:path';
import { callAsRule } from '../../emulator/runtime/call-as-rule.ts';
import type {
  FunctionContext,
  OpenFunction,
  RuleMeta,
} from '../../emulator/runtime/symbol-contract.ts';
import { atLeast } from '../../model/target.ts';
import type { Case, FunctionCall, FunctionCase } from '../case/case.ts';
import type { CaseResult, Difference } from '../case/result.ts';
import { differenceOf, errorDifference, showError } from '../expect/difference.ts';
import { showValue } from '../expect/show.ts';
import {
  type CaseContext,
  CaseFailure,
  Deadline,
  expectNone,
  isSilence,
  wordsOf,
} from './case-frame.ts';
import { openFixture } from './fixture.ts';
import { endedBeforeStop } from './logged-error.ts';
import { logSettled } from './plugin-log.ts';
import { requestDifference } from './requests.ts';
import { runSink } from './sink-case.ts';
import { runSource } from './source-case.ts';
import { interruptions, type Life, type SuiteContext } from './suite-state.ts';

/**
 * A result, and whether another case that ran at the same time may have caused it: the plugin ended, or its log has an
 * error.
 */
interface CaseRun {
  readonly result: CaseResult;
  readonly isShared: boolean;
}

/**
 * Runs one case, from what it brings along to its result. Never throws for an error of the plugin. A case with variables
 * of its own gets a new process, so no other may run at the same time.
 */
export async function runCase(one: Case, suite: SuiteContext, life: Life): Promise<CaseRun> {
  const { now, log, plugin, target } = suite;
  if (one.since !== null && !atLeast(target, one.since))
    return { result: tooOld(one), isShared: false };
  const begin = now();
  const mark = log.mark;
  const meta = suite.nextRule();
  const interrupted = interruptions(suite);
  let stopping: number | null = null;
  const onStopping = (): void => {
    stopping ??= log.mark;
  };
  let failure = await attempt(one, meta, suite, {
    life,
    interrupted: interrupted.promise,
    onStopping,
  }).then(
    () => null,
    (thrown: unknown) => thrown ?? new Error('nothing was thrown'),
  );
  await logSettled();
  interrupted.end();
  const logged =
    failure === null
      ? loggedFailure(one, meta, suite, { from: mark, to: stopping ?? log.mark })
      : null;
  failure ??= logged ?? (interrupted.crash === null ? null : new CaseFailure(interrupted.crash));
  const base = { ...baseOf(one), ms: now() - begin };
  if (failure === null) return { result: { ...base, ...PASSED }, isShared: false };
  const known = failure instanceof CaseFailure ? failure : null;
  return {
    isShared: interrupted.crash !== null || logged !== null,
    result: {
      ...base,
      ...PASSED,
      outcome: 'failed',
      message: interrupted.crash ?? wordsOf(failure),
      hint: known?.hint ?? '',
      difference: interrupted.crash === null ? (known?.difference ?? null) : null,
      log: log.since(plugin, mark, meta.ruleId),
    },
  };
}

const PASSED = {
  outcome: 'passed',
  message: '',
  why: '',
  hint: '',
  isWarning: false,
  difference: null,
  log: [],
} as const satisfies Partial<CaseResult>;

function tooOld(one: Case): CaseResult {
  const message = `only for eKuiper ${one.since} and newer`;
  return { ...baseOf(one), ...PASSED, ms: 0, outcome: 'skipped', message };
}

function baseOf({
  name,
  file,
  line,
  kind,
  symbol,
}: Case): Pick<CaseResult, 'type' | 'name' | 'file' | 'line' | 'kind' | 'symbol'> {
  return { type: 'case', name, file, line, kind, symbol };
}

async function attempt(
  one: Case,
  meta: RuleMeta,
  suite: SuiteContext,
  {
    life,
    interrupted,
    onStopping,
  }: Pick<CaseContext, 'onStopping'> & {
    readonly life: Life;
    readonly interrupted: Promise<never>;
  },
): Promise<void> {
  const { host, log, plugin, scratch } = suite;
  const dir = path.join(scratch, meta.ruleId);
  const onLine = (text: string): void => log.note(plugin, text, meta.ruleId);
  const fixture = await openFixture(one, { ...suite, dir, wantsSetup: true, onLine });
  try {
    if (one.env.size > 0) await life.renew(fixture.env);
    const deadline = new Deadline(one.within ?? suite.withinMs, suite.now, interrupted);
    const { fill, http } = fixture;
    const context = { host, meta, deadline, fill, http, onStopping };
    if (one.kind === 'function') await runFunction(one, context);
    else if (one.kind === 'source') await runSource(one, context);
    else await runSink(one, context);
    if (one.kind === 'sink') return;
    expectNone(await deadline.until(async () => requestDifference(one, context)));
  } finally {
    await fixture.close();
  }
}

/** What the plugin's log says although every expectation was met; null for nothing, or when the case expects an error. */
function loggedFailure(
  one: Case,
  meta: RuleMeta,
  { log, plugin }: SuiteContext,
  range: { readonly from: number; readonly to: number },
): CaseFailure | null {
  // Without an effect that was seen its open() may only have been slow.
  const hasWorked = one.kind === 'sink' && (one.wrote.length > 0 || one.received !== null);
  if (hasWorked && endedBeforeStop(log.since(plugin, range.from), meta, one.symbol)) {
    const words = log.errorIn(plugin, { ...range, to: log.mark }, { rule: meta.ruleId });
    return new CaseFailure(
      `the sink ended before it was stopped${words === null ? '' : `: ${words}`}`,
    );
  }
  if (expectsError(one)) return null;
  const words = log.errorIn(plugin, range, { rule: meta.ruleId });
  return words === null ? null : new CaseFailure(`an error in its log: ${words}`);
}

function expectsError(one: Case): boolean {
  if (one.kind === 'function') {
    return one.validate?.error != null || one.calls.some(({ error }) => error !== null);
  }
  // Raw messages are what rows never look like: an error about them is what the author tries.
  if (one.kind === 'sink' && ((one.acks?.errors ?? 0) > 0 || one.raw.length > 0)) return true;
  return one.error !== null;
}

/** Runs Validate, IsAggregate and the calls, in eKuiper's order. Throws CaseFailure. */
async function runFunction(one: FunctionCase, context: CaseContext): Promise<void> {
  const { host, deadline, meta } = context;
  const opened = await deadline.wait(host.openFunction(one.symbol), `start ${one.symbol}`);
  if (one.validate) await validated(one.validate, opened, context);
  if (one.aggregate !== null) await aggregated(one.aggregate, opened, context);
  for (const [index, call] of one.calls.entries()) {
    const path = one.isConversation ? `calls[${index}].` : '';
    const functionContext = { ...meta, funcId: 0 };
    expectNone(await called(call, path, functionContext, opened, context));
  }
}

async function validated(
  { args, error }: NonNullable<FunctionCase['validate']>,
  opened: OpenFunction,
  { deadline, fill }: CaseContext,
): Promise<void> {
  const said = await refusalOf(deadline.wait(opened.validate(fill.values(args)), 'Validate'));
  if (error && said === null)
    throw new CaseFailure('', noError(showError(error), 'validate', 'ok'));
  if (error && said !== null) expectNone(errorDifference(fill.error(error), said));
  if (!error && said !== null) {
    throw new CaseFailure('', { path: 'validate', expected: 'ok', received: `an error: ${said}` });
  }
}

async function aggregated(
  expected: boolean,
  opened: OpenFunction,
  context: CaseContext,
): Promise<void> {
  const received = await context.deadline.wait(opened.isAggregate(), 'IsAggregate');
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
  { deadline, fill }: CaseContext,
): Promise<Difference | null> {
  let value: unknown = null;
  const exec = callAsRule(opened, fill.values(args), context).then((one) => {
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

/** The function's own error; null when there is none. A missing answer is no error of the function but a failure. */
async function refusalOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (thrown instanceof CaseFailure || isSilence(thrown)) throw thrown;
    return wordsOf(thrown);
  }
}
