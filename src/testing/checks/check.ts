import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import type { CheckSettings } from '../case/case.ts';
import type { Declared } from '../case/declared.ts';
import type { Deadline } from '../run/case-frame.ts';
import type { Fill } from '../run/placeholders.ts';
import type { Life, SuiteContext } from '../run/suite-state.ts';

/** The built-in checks, in their order. */
export const CHECKS = {
  handshake: 'the program starts and shakes hands',
  symbols: 'every declared symbol starts, answers and stops',
  calls: 'every function is validated and called as a rule does',
  rows: 'sources send rows that eKuiper can decode, sinks take rows',
  unknown: 'a symbol that it does not have is refused',
  twice: 'two instances of a source at once',
  acks: 'a sink with and without acknowledgements',
  silence: 'six seconds of silence, and then a call',
  restart: 'killed and started anew, all functions answer',
} as const;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS).filter(isCheckName);

/** The settings with which a symbol is started. */
export interface KnownSettings extends CheckSettings {
  /** Set by the author, so that a refusal is a failure. Without settings, a symbol may need some that are not known. */
  readonly isGiven: boolean;
  /** For the placeholders in them. */
  readonly fill: Fill;
}

/** What every check uses. */
export interface CheckContext {
  readonly suite: SuiteContext;
  readonly life: Life;
  readonly target: Target;
  readonly symbols: readonly PluginSymbol[];
  readonly handshakeLimitMs: number;
  /** What its files declare about arguments and settings. */
  readonly declared: Declared;
  /** The number of rows of each source in the check `rows`, by name; a source that was not watched is missing. */
  readonly sourceRows: Map<string, number>;
  /** Arguments that each function took in the check `calls`, by name. */
  readonly functionArgs: Map<string, readonly unknown[]>;
  /** A row that each sink took in the check `rows`, by name. */
  readonly sinkRows: Map<string, unknown>;
  /** Symbols that could be started, by symbolKey; later checks skip the others. */
  readonly startable: Set<string>;
  /** The timeout of one check, and what ends it early. */
  readonly deadline: Deadline;
  /** The same with a new deadline, for a check that takes its time for each symbol. */
  forSymbol(): CheckContext;
  /** Throws CaseFailure when the setup of the case that the settings are from has failed. */
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

/** One check. Returns a verdict for each symbol that it tested, or one for the plugin. */
export type Check = (context: CheckContext) => Promise<readonly Verdict[]>;

type Words = Partial<Pick<Verdict, 'why' | 'hint' | 'isWarning'>>;

export function isCheckName(text: string): text is CheckName {
  return Object.hasOwn(CHECKS, text);
}

export function passed(symbol: PluginSymbol | null, message = ''): Verdict {
  return { symbol, outcome: 'passed', message, why: '', hint: '', isWarning: false };
}

export function failed(symbol: PluginSymbol | null, message: string, words: Words): Verdict {
  return { symbol, outcome: 'failed', message, why: '', hint: '', isWarning: false, ...words };
}

/** Not judged; with `isWarning` it is a weakness that the author cannot fix. */
export function skipped(symbol: PluginSymbol | null, message: string, words: Words = {}): Verdict {
  return { symbol, outcome: 'skipped', message, why: '', hint: '', isWarning: false, ...words };
}

/** The last line of a plugin's error text: of a Python traceback the error itself. */
export function lastLine(text: string): string {
  const lines = text
    .replace(/^receive error: /, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.at(-1) ?? '';
}
