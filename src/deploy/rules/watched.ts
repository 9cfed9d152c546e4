import { isRunning, type RuleStatus } from '../../client/rule-status.ts';
import { type Flow, flowBetween } from './flow.ts';

/**
 * The state of a rule after a change of its plugin. `answers`: rows passed through. `fails`: it threw, it stopped, or
 * rows wait in it. `quiet`: no row came through, so the state is not known.
 */
export interface RuleVerdict {
  readonly rule: string;
  readonly state: 'answers' | 'fails' | 'quiet';
  /** The text of the newest exception, or a description; empty when it answers. */
  readonly words: string;
  /** Whether it threw before the change as well: then the change is not the cause. */
  readonly failedBefore: boolean;
  /** Whether it received rows right before the change, so often that none afterwards is evidence. */
  readonly rowsBefore: boolean;
  /** Whether its sources sent rows after the change, whatever happened to them. */
  readonly cameIn: boolean;
  /** It uses only sinks of the plugin: their rows are counted even when nobody receives them (1.14, 2.4). */
  readonly sinksOnly?: true;
}

/** Milliseconds. A rule that received no row for this long is not waited for, unless it received rows right before. */
const QUIET = 5000;

/** One rule after the change; collects its statuses. */
export class Watched {
  readonly rule: string;
  private readonly first: RuleStatus | null;
  private now: RuleStatus | null;
  /** The status when the last exception was counted. */
  private troubled: RuleStatus | null;
  private readonly rowsBefore: boolean;

  constructor(rule: string, first: RuleStatus | null, rowsBefore = false) {
    this.rule = rule;
    this.rowsBefore = rowsBefore;
    this.first = first;
    this.now = first;
    this.troubled = null;
  }

  /** Adds the newest status; null when the rule no longer exists. */
  see(status: RuleStatus | null): void {
    const thrown = this.now && status ? flowBetween(this.now, status).exceptions : 0;
    if (thrown > 0) this.troubled = status;
    this.now = status;
  }

  /** Whether further reads would add nothing; `passed`: milliseconds since the first one. */
  isDecided(passed: number): boolean {
    if (this.now === null || !isRunning(this.now.state)) return true;
    if (this.answers()) return true;
    const { cameIn, exceptions } = this.flow();
    return passed >= QUIET && cameIn === 0 && exceptions === 0 && !this.rowsBefore;
  }

  /** Returns the verdict; `before`: the status before the change. */
  verdict(before: RuleStatus | undefined): RuleVerdict {
    const failedBefore = before?.operators.some(({ exceptions }) => exceptions > 0) ?? false;
    const { rule, rowsBefore } = this;
    return { rule, ...this.seen(), failedBefore, rowsBefore, cameIn: this.flow().cameIn > 0 };
  }

  private seen(): Pick<RuleVerdict, 'state' | 'words'> {
    const { now } = this;
    if (now === null) return { state: 'fails', words: 'the rule is gone' };
    if (!isRunning(now.state)) return { state: 'fails', words: now.message || now.state };
    if (this.answers()) return { state: 'answers', words: '' };
    const { exceptions, words, held } = this.flow();
    if (exceptions > 0) return { state: 'fails', words };
    if (held === null) return { state: 'quiet', words: 'no row came through' };
    return { state: 'fails', words: `${held.rows} rows wait in front of ${held.operator}` };
  }

  /** An error may reach the sink as a row, shortly after it was counted: then two rows are needed. */
  private answers(): boolean {
    const { first, now, troubled } = this;
    if (first === null || now === null) return false;
    return troubled === null
      ? flowBetween(first, now).wentOut > 0
      : flowBetween(troubled, now).wentOut > 1;
  }

  private flow(): Flow {
    const { first, now } = this;
    return first && now ? flowBetween(first, now) : NOTHING;
  }
}

const NOTHING: Flow = { cameIn: 0, wentOut: 0, exceptions: 0, words: '', held: null };
