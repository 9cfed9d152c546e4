import type { Context, Log } from '../cli/context.ts';
import { sizeText } from '../cli/output/number-text.ts';
import type { LiveLines, Progress } from '../cli/progress.ts';
import type { InstallWatcher } from '../deploy/change/change.ts';
import { durationText } from '../model/duration.ts';
import { oneLine } from '../model/printable.ts';
import { withoutLabel } from './rollout-rows.ts';

const DRAW_EVERY_MS = 100;

/** Without a terminal: after this time without output a line says what is being done. */
const SILENT_MS = 2000;

/** The time between further such lines. */
const SILENT_AGAIN_MS = 10_000;

/** The progress display of one or several hosts. */
export interface Board {
  /** Sets what is being done on a host. */
  atWork(label: string, text: string): void;
  /** Marks a host as done; `text` is its result without its name. */
  ended(label: string, text: string, failed: boolean): void;
  /** Shows the progress of a change of a host. */
  watcher(label: string): InstallWatcher;
  /** The context for work on a host: with several hosts, its progress messages become the status of the host. */
  contextOf(label: string, context: Context): Context;
  close(): void;
}

/**
 * Creates the progress display. With a single host, all messages are printed as lines. `print`: without a terminal,
 * print a line when a host is done.
 */
export function boardFor(
  labels: readonly string[],
  { log }: Context,
  ends: 'print' | 'quiet',
): Board {
  return labels.length === 1 ? ownBoard(log) : new ProgressBoard(labels, log, ends);
}

function ownBoard(log: Context['log']): Board {
  return {
    atWork: () => {},
    ended: () => {},
    watcher: () => progressWatcher(log),
    contextOf: (_label, context) => context,
    close: () => {},
  };
}

/** Prints the progress of an installation on stderr; on a terminal with a progress bar or the elapsed seconds. */
export function progressWatcher(log: Log): InstallWatcher {
  let progress: Progress | null = null;
  const end = (): void => {
    progress?.end();
    progress = null;
  };
  return {
    uploading(name, total) {
      end();
      log.info(oneLine(`uploading ${name} (${sizeText(total)})`));
      progress = log.progress('uploading', total);
    },
    uploaded(bytes) {
      progress?.update(bytes);
    },
    waiting(what, limit) {
      end();
      const text = oneLine(what.startsWith('for ') ? `waiting ${what}` : what);
      log.info(Number.isFinite(limit) ? `${text}, up to ${durationText(limit)}` : text);
      progress = log.progress('waiting', null);
    },
    settled: end,
    fixing(what) {
      end();
      log.warn(oneLine(what));
    },
    detail(what) {
      log.debug(oneLine(what));
    },
  };
}

/** The progress of one host. */
export interface HostProgress {
  readonly label: string;
  state: 'waiting' | 'at-work' | 'ended';
  /** The current step, or the result. */
  text: string;
  failed: boolean;
}

/**
 * Shows the progress of several hosts: on a terminal one line per host, redrawn in place; elsewhere one line when a
 * host is done, and after two seconds without output a line about the hosts in progress.
 */
export class ProgressBoard implements Board {
  readonly #hosts: ReadonlyMap<string, HostProgress>;
  readonly #log: Log;
  readonly #lines: LiveLines | null;
  #timer: NodeJS.Timeout | undefined;
  #changed = true;

  /** `print`: without a terminal, print a line when a host is done. */
  constructor(
    labels: readonly string[],
    log: Log,
    private readonly ends: 'print' | 'quiet',
  ) {
    this.#hosts = new Map(
      labels.map((label) => [label, { label, state: 'waiting', text: '', failed: false }]),
    );
    this.#log = log;
    this.#lines = log.lines();
    this.#watch(SILENT_MS);
  }

  atWork(label: string, text: string): void {
    this.#set(label, { state: 'at-work', text });
  }

  ended(label: string, text: string, failed: boolean): void {
    this.#set(label, { state: 'ended', text, failed });
    if (this.#lines !== null || this.ends === 'quiet') return;
    const all = [...this.#hosts.values()];
    const count = all.filter(({ state }) => state === 'ended').length;
    this.#log.info(oneLine(`[${count}/${all.length}] ${label}: ${text}`));
    this.#watch(SILENT_MS);
  }

  watcher(label: string): InstallWatcher {
    let size = 0;
    return {
      uploading: (_name, total) => {
        size = total;
        this.atWork(label, 'uploading');
      },
      uploaded: (sent) => {
        if (this.#lines !== null) this.atWork(label, `uploading ${percent(sent, size)}`);
      },
      waiting: (what, limit) => {
        const text = what.startsWith('for ') ? `waiting ${what}` : what;
        const upTo = Number.isFinite(limit) ? `, up to ${durationText(limit)}` : '';
        this.atWork(label, withoutLabel(text, label) + upTo);
      },
      settled: () => {},
      fixing: (what) => {
        this.atWork(label, what);
        if (this.#lines === null) this.#log.info(oneLine(`${label}: ${what}`));
      },
      detail: (what) => this.#log.debug(oneLine(`${label}: ${what}`)),
    };
  }

  contextOf(label: string, context: Context): Context {
    const log: Log = {
      ...context.log,
      info: (line) => this.atWork(label, withoutLabel(line, label)),
    };
    return { ...context, log };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#lines?.end();
  }

  #set(label: string, next: Partial<HostProgress>): void {
    const host = this.#hosts.get(label);
    if (host === undefined) return;
    Object.assign(host, next);
    this.#changed = true;
  }

  #watch(silence: number): void {
    clearTimeout(this.#timer);
    const lines = this.#lines;
    this.#timer =
      lines === null
        ? setTimeout(() => this.#sayWhat(), silence).unref()
        : setTimeout(() => this.#draw(lines), DRAW_EVERY_MS).unref();
  }

  #draw(lines: LiveLines): void {
    if (this.#changed) lines.draw(boardLines([...this.#hosts.values()], lines.room()));
    this.#changed = false;
    this.#watch(0);
  }

  #sayWhat(): void {
    const busy = [...this.#hosts.values()].filter(({ state }) => state === 'at-work');
    const first = busy.slice(0, 3).map(({ label, text }) => `${label} (${text})`);
    const more = busy.length > first.length ? ` and ${busy.length - first.length} more` : '';
    if (busy.length > 0) this.#log.info(oneLine(`still at work: ${first.join(', ')}${more}`));
    this.#watch(SILENT_AGAIN_MS);
  }
}

function percent(sent: number, size: number): string {
  return size === 0 ? '' : `${Math.floor((sent / size) * 100)} %`;
}

/**
 * Formats the progress as at most `room` lines: all hosts if they fit, else those in progress and failed ones, and a
 * line that counts the rest.
 */
export function boardLines(hosts: readonly HostProgress[], room: number): string[] {
  const width = Math.max(...hosts.map(({ label }) => label.length));
  const line = ({ label, state, text }: HostProgress): string =>
    `${state === 'at-work' ? '…' : ' '} ${label.padEnd(width)}  ${text}`.trimEnd();
  if (hosts.length <= room) return hosts.map(line);
  const atWork = hosts.filter(({ state }) => state === 'at-work');
  const failed = hosts.filter(({ failed }) => failed);
  const shown = [...failed, ...atWork];
  const first = Math.max(0, shown.length - (room - 1));
  return [...shown.slice(first).map(line), countLine(hosts)];
}

function countLine(hosts: readonly HostProgress[]): string {
  const count = (is: (host: HostProgress) => boolean): number => hosts.filter(is).length;
  const failed = count((host) => host.failed);
  const ended = count(({ state }) => state === 'ended') - failed;
  const parts = [
    `${ended} of ${hosts.length} hosts done`,
    failed > 0 ? `${failed} failed` : null,
    `${count(({ state }) => state === 'at-work')} at work`,
    `${count(({ state }) => state === 'waiting')} waiting`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
