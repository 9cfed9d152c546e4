import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import type { CheckSettings } from '../case/case.ts';
import type { Around } from '../run/around.ts';
import type { Deadline } from '../run/deadline.ts';
import type { Life } from '../run/life.ts';
import type { Fill } from '../run/placeholders.ts';

/** What a symbol is started with. */
export interface KnownSettings extends CheckSettings {
  /** The author wrote it, so that a refusal is a failure; without it a symbol may need what is not here. */
  readonly isGiven: boolean;
}

/** What every check works with. */
export interface CheckRoom {
  readonly around: Around;
  readonly life: Life;
  readonly target: Target;
  readonly symbols: readonly PluginSymbol[];
  readonly handshakeLimitMs: number;
  /** Symbols that could be started, by symbolKey; the later checks leave out the others. */
  readonly startable: Set<string>;
  /** Of a new check: with a folder and a listener of its own. */
  readonly fill: Fill;
  /** Time for one check, and what ends it early. */
  readonly deadline: Deadline;
  settings(symbol: PluginSymbol): KnownSettings;
}

export interface Verdict {
  /** Null for the plugin as a whole. */
  readonly symbol: PluginSymbol | null;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What happened or was measured; may be empty when it passed. */
  readonly message: string;
  readonly why: string;
  readonly hint: string;
  readonly isWarning: boolean;
}

/** One check; a verdict for each symbol that it looked at, or one for the plugin. */
export type Check = (room: CheckRoom) => Promise<readonly Verdict[]>;

type Words = Partial<Pick<Verdict, 'why' | 'hint' | 'isWarning'>>;

export function passed(symbol: PluginSymbol | null, message = ''): Verdict {
  return { symbol, outcome: 'passed', message, why: '', hint: '', isWarning: false };
}

export function failed(symbol: PluginSymbol | null, message: string, words: Words): Verdict {
  return { symbol, outcome: 'failed', message, why: '', hint: '', isWarning: false, ...words };
}

/** Could not be judged; with `isWarning` it is a weakness that the author cannot fix. */
export function skipped(symbol: PluginSymbol | null, message: string, words: Words = {}): Verdict {
  return { symbol, outcome: 'skipped', message, why: '', hint: '', isWarning: false, ...words };
}

/** The last line of what the plugin said: of a Python traceback the error itself. */
export function lastLine(text: string): string {
  const lines = text
    .replace(/^receive error: /, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.at(-1) ?? '';
}
