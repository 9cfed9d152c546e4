import type { Context, Talk } from '../cli/context.ts';
import type { LiveLines } from '../cli/output/live-lines.ts';
import type { InstallWatcher } from '../deploy/change/change.ts';
import { talkingWatcher } from '../hosts/talking-watcher.ts';
import { durationText } from '../model/duration.ts';
import { oneLine } from '../model/printable.ts';
import { withoutLabel } from './rollout-row.ts';

const DRAW_EVERY = 100;

const SILENT_MS = 2000;

const SILENT_AGAIN_MS = 10_000;

/**
 * Shows the progress of several hosts: on a terminal one line per host, redrawn in place; elsewhere one line when a
 * host is done, and after two seconds without output a line about the hosts in progress.
 */
export class RolloutBoard {
  readonly #seats: ReadonlyMap<string, Seat>;
  readonly #talk: Talk;
  readonly #lines: LiveLines | null;
  #timer: NodeJS.Timeout | undefined;
  #changed = true;

  /** `print`: without a terminal, print a line when a host is done. */
  constructor(
    labels: readonly string[],
    talk: Talk,
    private readonly ends: 'told' | 'quiet',
  ) {
    this.#seats = new Map(
      labels.map((label) => [label, { label, state: 'waiting', text: '', failed: false }]),
    );
    this.#talk = talk;
    this.#lines = talk.lines();
    this.#watch(SILENT_MS);
  }

  /** Sets what is being done on a host. */
  atWork(label: string, text: string): void {
    this.#set(label, { state: 'at-work', text });
  }

  /** Marks a host as done; `text` is its result without its name. */
  ended(label: string, text: string, failed: boolean): void {
    this.#set(label, { state: 'ended', text, failed });
    if (this.#lines !== null || this.ends === 'quiet') return;
    const all = [...this.#seats.values()];
    const count = all.filter(({ state }) => state === 'ended').length;
    this.#talk.say(oneLine(`[${count}/${all.length}] ${label}: ${text}`));
    this.#watch(SILENT_MS);
  }

  /** Shows the progress of a change of a host. */
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
        if (this.#lines === null) this.#talk.say(oneLine(`${label}: ${what}`));
      },
      detail: (what) => this.#talk.detail(oneLine(`${label}: ${what}`)),
    };
  }

  /** A context for work on one host: its progress messages become the status of the host instead of lines. */
  contextOf(label: string, context: Context): Context {
    const talk: Talk = {
      ...context.talk,
      say: (line) => this.atWork(label, withoutLabel(line, label)),
    };
    return { ...context, talk };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#lines?.end();
  }

  #set(label: string, next: Partial<Seat>): void {
    const seat = this.#seats.get(label);
    if (seat === undefined) return;
    Object.assign(seat, next);
    this.#changed = true;
  }

  #watch(silence: number): void {
    clearTimeout(this.#timer);
    const lines = this.#lines;
    this.#timer =
      lines === null
        ? setTimeout(() => this.#sayWhat(), silence).unref()
        : setTimeout(() => this.#draw(lines), DRAW_EVERY).unref();
  }

  #draw(lines: LiveLines): void {
    if (this.#changed) lines.draw(boardLines([...this.#seats.values()], lines.room()));
    this.#changed = false;
    this.#watch(0);
  }

  #sayWhat(): void {
    const busy = [...this.#seats.values()].filter(({ state }) => state === 'at-work');
    const first = busy.slice(0, 3).map(({ label, text }) => `${label} (${text})`);
    const more = busy.length > first.length ? ` and ${busy.length - first.length} more` : '';
    if (busy.length > 0) this.#talk.say(oneLine(`still at work: ${first.join(', ')}${more}`));
    this.#watch(SILENT_AGAIN_MS);
  }
}

/** The progress display of one or several hosts. */
export interface Board {
  /** Sets what is being done on a host. */
  atWork(label: string, text: string): void;
  /** Marks a host as done; `text` is its result without its name. */
  ended(label: string, text: string, failed: boolean): void;
  /** Shows the progress of a change of a host. */
  watcher(label: string): InstallWatcher;
  /** The context for work on a host. */
  contextOf(label: string, context: Context): Context;
  close(): void;
}

/**
 * Creates the progress display. With a single host, all messages are printed as lines. `print`: without a terminal,
 * print a line when a host is done.
 */
export function boardFor(
  labels: readonly string[],
  { talk }: Context,
  ends: 'told' | 'quiet',
): Board {
  return labels.length === 1 ? ownBoard(talk) : new RolloutBoard(labels, talk, ends);
}

function ownBoard(talk: Context['talk']): Board {
  return {
    atWork: () => {},
    ended: () => {},
    watcher: () => talkingWatcher(talk),
    contextOf: (_label, context) => context,
    close: () => {},
  };
}

function percent(sent: number, size: number): string {
  return size === 0 ? '' : `${Math.floor((sent / size) * 100)} %`;
}

/** The progress of one host. */
export interface Seat {
  readonly label: string;
  state: 'waiting' | 'at-work' | 'ended';
  /** The current step, or the result. */
  text: string;
  failed: boolean;
}

/**
 * Formats the progress as at most `room` lines: all hosts if they fit, else those in progress and failed ones, and a
 * line that counts the rest.
 */
export function boardLines(seats: readonly Seat[], room: number): string[] {
  const width = Math.max(...seats.map(({ label }) => label.length));
  const line = ({ label, state, text }: Seat): string =>
    `${state === 'at-work' ? '…' : ' '} ${label.padEnd(width)}  ${text}`.trimEnd();
  if (seats.length <= room) return seats.map(line);
  const atWork = seats.filter(({ state }) => state === 'at-work');
  const failed = seats.filter(({ failed }) => failed);
  const shown = [...failed, ...atWork];
  const first = Math.max(0, shown.length - (room - 1));
  return [...shown.slice(first).map(line), countLine(seats)];
}

function countLine(seats: readonly Seat[]): string {
  const count = (is: (seat: Seat) => boolean): number => seats.filter(is).length;
  const failed = count((seat) => seat.failed);
  const ended = count(({ state }) => state === 'ended') - failed;
  const parts = [
    `${ended} of ${seats.length} hosts done`,
    failed > 0 ? `${failed} failed` : null,
    `${count(({ state }) => state === 'at-work')} at work`,
    `${count(({ state }) => state === 'waiting')} waiting`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
