import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HostEvent } from '../../emulator/runtime/symbol-contract.ts';
import type { LogLine } from '../case/result.ts';
import { loggedError } from './logged-error.ts';

/** The prefix of the rule ids of cases; they tell the log lines of cases apart. */
export const RULE_PREFIX = 'kt_';

/** Lines kept for each plugin: enough for the report of a failure, with bounded memory. */
const KEPT = 2_000;

interface Entry extends LogLine {
  readonly number: number;
  readonly isFault: boolean;
  /** The rule of the case that it belongs to; null when only its text may say. */
  readonly rule: string | null;
}

/** The exit of a plugin's process. */
interface PluginEnd {
  /** Go's text: `exit status 3`. */
  readonly how: string;
}

/** Collects the output and the events of plugins. Its {@link add} is passed to the host as `onEvent`. */
export class PluginLog {
  readonly #entries = new Map<string, Entry[]>();
  readonly #handshakes = new Map<string, number>();
  readonly #watchers = new Set<(plugin: string, end: PluginEnd) => void>();
  #count = 0;

  readonly add = (event: HostEvent): void => {
    const plugin = event.plugin;
    if (plugin === null) return;
    if (event.kind === 'output') this.#keep(plugin, event.stream, event.line);
    if (event.kind === 'note') this.#keep(plugin, 'host', event.text, event);
    if (event.kind === 'running') this.#handshakes.set(plugin, event.afterMs);
    if (event.kind === 'ended' && !event.asked) {
      this.#keep(plugin, 'host', `the process ended by itself: ${event.how}`);
      for (const watcher of this.#watchers) watcher(plugin, { how: event.how });
    }
  };

  /** Adds a line of kplugin itself to the log of a plugin; `rule`: that of the case which it belongs to. */
  note(plugin: string, text: string, rule: string | null = null): void {
    this.#keep(plugin, 'host', text, { rule });
  }

  /** A position in the log for {@link since}. */
  get mark(): number {
    return this.#count;
  }

  /**
   * Returns the lines after the mark that are still kept, oldest first. With a rule, lines that name only other rules
   * are left out: they belong to cases that run at the same time.
   */
  since(plugin: string, mark: number, rule: string | null = null): LogLine[] {
    return this.#between(plugin, { from: mark, to: this.mark }, rule).map(({ stream, text }) => ({
      stream,
      text,
    }));
  }

  /**
   * Returns what the plugin did wrong between two positions, in one line: an error that its SDK logged, a traceback,
   * something that the host could not use. Null for nothing. `rule`: as for {@link since}; the others: as for
   * loggedError.
   */
  errorIn(
    plugin: string,
    range: { readonly from: number; readonly to: number },
    {
      rule = null,
      ...how
    }: {
      readonly rule?: string | null;
      readonly by?: 'sdk' | 'any';
      readonly isGrowing?: boolean;
    } = {},
  ): string | null {
    const entries = this.#between(plugin, range, rule);
    return entries.find(({ isFault }) => isFault)?.text ?? loggedError(entries, how);
  }

  #between(
    plugin: string,
    { from, to }: { readonly from: number; readonly to: number },
    rule: string | null,
  ): Entry[] {
    const entries = this.#entries.get(plugin) ?? [];
    return entries.filter(
      ({ number, text, rule: own }) =>
        number >= from &&
        number < to &&
        (rule === null || (own === null ? isAbout(rule, text) : own === rule)),
    );
  }

  /** Milliseconds of the last handshake; null before the first. */
  handshakeMs(plugin: string): number | null {
    return this.#handshakes.get(plugin) ?? null;
  }

  /** Calls the watcher when a plugin ends by itself, until the returned function is called. */
  onCrash(watcher: (plugin: string, end: PluginEnd) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #keep(
    plugin: string,
    stream: LogLine['stream'],
    text: string,
    { isFault = false, rule = null }: Partial<Pick<Entry, 'isFault' | 'rule'>> = {},
  ): void {
    const entries = this.#entries.get(plugin) ?? [];
    this.#entries.set(plugin, entries);
    entries.push({ stream, text, number: this.#count, isFault, rule });
    this.#count += 1;
    // Removes many lines at once, because each removal from the front costs the whole length.
    if (entries.length >= 2 * KEPT) entries.splice(0, entries.length - KEPT);
  }
}

function isAbout(rule: string, text: string): boolean {
  const rules = new RegExp(`${RULE_PREFIX}[\\w-]{1,200}?_\\d{1,12}(?!\\d)`, 'g');
  const named = [...text.matchAll(rules)].map(([name]) => name);
  return named.length === 0 || named.includes(rule);
}

/**
 * Resolves when the log has the output that the plugin printed before its last answer. Both arrive in one turn of the
 * event loop, but through different pipes: without this wait a line could be assigned to the next case.
 */
export async function logSettled(): Promise<void> {
  await nextTurn();
}
