import type { SourceConfigRequest, SourceMessage } from '../../emulator/runtime/contract.ts';
import type { SourceCase } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { errorDifference, showError } from '../expect/error-text.ts';
import { differenceOf, matches } from '../expect/match.ts';
import { showPattern } from '../expect/show.ts';
import { type Deadline, OutOfTime } from './deadline.ts';
import { CaseFailure, expectNone } from './failure.ts';
import type { Fill } from './placeholders.ts';
import type { Spot } from './spot.ts';
import { started } from './started.ts';

/** Looks at a source's messages as they come, and ends at the first that is wrong or when nothing is missing. */
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
    // With a number of messages in the case, `some` has to be among those.
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
    // Enough for a report; a source that errs all the time must not fill the memory.
    if (this.#faults.length < 20) this.#faults.push(text);
    if (error && errorDifference(this.#fill.error(error), text) === null) this.#finish(null);
  }

  /** What to say when the time is over: the failure with all that is known. */
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

function unexpectedRow(expected: string): Difference {
  return { path: 'error', expected, received: 'no error but a message' };
}
