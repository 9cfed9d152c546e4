import type { SourceConfigRequest, SourceMessage } from '../../emulator/runtime/symbol-contract.ts';
import type { SourceCase } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { differenceOf, errorDifference, matches, showError } from '../expect/difference.ts';
import { showPattern } from '../expect/show.ts';
import {
  type CaseContext,
  CaseFailure,
  type Deadline,
  expectNone,
  OutOfTime,
  started,
} from './case-frame.ts';
import type { Fill } from './placeholders.ts';

/** Starts the source, checks its messages as they arrive, and stops it. Throws CaseFailure. */
export async function runSource(one: SourceCase, context: CaseContext): Promise<void> {
  const { host, deadline, meta } = context;
  const watch = new RowWatch(one, context.fill);
  const config = await host.sourceConfig(configRequest(one, context));
  const opening = host.openSource({
    symbol: one.symbol,
    meta,
    config,
    // 1.14 sends it next to the configuration.
    ...(one.dataSource === null ? {} : { dataSource: context.fill.text(one.dataSource) }),
    onMessage: (message: SourceMessage) => watch.take(message),
    onFault: (text) => watch.fault(text),
  });
  const opened = await started('source', one, opening, context);
  if (opened === null) return;
  try {
    await deadline.wait(watch.ended, 'the messages').catch((thrown: unknown) => {
      throw thrown instanceof OutOfTime ? watch.late(deadline) : thrown;
    });
    expectNone(watch.verdict);
    watch.refuseFaults();
  } finally {
    context.onStopping();
    await opened.stop().catch(() => undefined);
  }
}

function configRequest(one: SourceCase, { fill }: CaseContext): SourceConfigRequest {
  return {
    source: one.symbol,
    overrides: fill.settings(one.config),
    ...(one.confKey === null ? {} : { confKey: one.confKey }),
    ...(one.dataSource === null ? {} : { dataSource: fill.text(one.dataSource) }),
  };
}

/** Checks a source's messages as they arrive; ends at the first wrong one or when all expectations are met. */
class RowWatch {
  readonly ended: Promise<void>;
  verdict: Difference | null = null;
  readonly #case: SourceCase;
  readonly #fill: Fill;
  readonly #wanted: number;
  #missing: readonly { readonly index: number; readonly pattern: SourceCase['rows'][number] }[];
  #count = 0;
  #isOver = false;
  readonly #faults: string[] = [];
  #end: () => void = () => undefined;

  constructor(one: SourceCase, fill: Fill) {
    this.#case = {
      ...one,
      rows: one.rows.map((row) => fill.pattern(row)),
      meta: one.meta.map((meta) => fill.pattern(meta)),
      each: one.each && fill.pattern(one.each),
    };
    this.#fill = fill;
    this.#missing = one.some.map((pattern, index) => ({ index, pattern: fill.pattern(pattern) }));
    this.#wanted = one.messages ?? Math.max(one.rows.length, one.meta.length, 1);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  take(message: SourceMessage): void {
    if (this.#isOver) return;
    const index = this.#count;
    this.#count += 1;
    const difference = this.#differenceOf(message, index);
    this.#missing = this.#missing.filter(({ pattern }) => !matches(pattern, message.message));
    // When the case sets a number of messages, `some` must be among those.
    const isEnough = this.#count >= this.#wanted;
    if (difference) this.#finish(difference);
    else if (isEnough && this.#case.messages !== null) this.#finish(this.#notSeen());
    else if (isEnough && this.#missing.length === 0) this.#finish(null);
  }

  #differenceOf({ message, meta }: SourceMessage, index: number): Difference | null {
    const { rows, each, meta: metas, error } = this.#case;
    if (error) return unexpectedRow(showError(error));
    const row = rows[index];
    const wantedMeta = metas[index];
    return (
      (row && differenceOf(row, message, `rows[${index}]`)) ??
      (each && differenceOf(each, message, `each[${index}]`)) ??
      (wantedMeta && differenceOf(wantedMeta, meta, `meta[${index}]`)) ??
      null
    );
  }

  fault(text: string): void {
    if (this.#isOver) return;
    const { error } = this.#case;
    // Enough for a report; bounds the memory for a source that always reports errors.
    if (this.#faults.length < 20) this.#faults.push(text);
    if (error && errorDifference(this.#fill.error(error), text) === null) this.#finish(null);
  }

  /** The failure on a timeout, with all that was received. */
  late(deadline: Deadline): CaseFailure {
    this.#isOver = true;
    const faults = this.#faults.map((text) => `; the source reported: ${text}`).join('');
    const { error } = this.#case;
    if (error) {
      const received = `it started and went on for ${deadline.text}${faults}`;
      return new CaseFailure('', { path: 'error', expected: showError(error), received });
    }
    if (this.#count >= this.#wanted) return new CaseFailure('', this.#notSeen());
    const received = `${this.#count} within ${deadline.text}${faults}`;
    return new CaseFailure('', { path: 'messages', expected: String(this.#wanted), received });
  }

  /** Throws CaseFailure for what eKuiper would have dropped while the expected rows came. */
  refuseFaults(): void {
    const [fault] = this.#faults;
    if (fault !== undefined && this.#case.error === null) throw new CaseFailure(fault);
  }

  #notSeen(): Difference | null {
    const [first] = this.#missing;
    if (!first) return null;
    return {
      path: `some[${first.index}]`,
      expected: showPattern(first.pattern),
      received: `none of ${this.#count} rows is like that`,
    };
  }

  #finish(verdict: Difference | null): void {
    this.#isOver = true;
    this.verdict = verdict;
    this.#end();
  }
}

function unexpectedRow(expected: string): Difference {
  return { path: 'error', expected, received: 'no error but a message' };
}
