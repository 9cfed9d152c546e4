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
 * Shows many hosts at work: on a terminal a line for each, drawn again and again; elsewhere a line for each that has
 * ended, and what the others are at whenever nothing was said for two seconds.
 */
export class RolloutBoard {
  readonly #seats: ReadonlyMap<string, Seat>;
  readonly #talk: Talk;
  readonly #lines: LiveLines | null;
  #timer: NodeJS.Timeout | undefined;
  #changed = true;

  /** `told`: where there is no terminal, a line is printed for each host that has ended. */
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

  /** A host is at it now, and at what. */
  atWork(label: string, text: string): void {
    this.#set(label, { state: 'at-work', text });
  }

  /** A host has ended; `text` is the line about it without its name. */
  ended(label: string, text: string, failed: boolean): void {
    this.#set(label, { state: 'ended', text, failed });
    if (this.#lines !== null || this.ends === 'quiet') return;
    const all = [...this.#seats.values()];
    const count = all.filter(({ state }) => state === 'ended').length;
    this.#talk.say(oneLine(`[${count}/${all.length}] ${label}: ${text}`));
    this.#watch(SILENT_MS);
  }

  /** Tells what an installation on a host is doing. */
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

  /** A context whose talk is about one host: what would be a line of its own is the state of that host here. */
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

/** Where it is seen what hosts are at. */
export interface Board {
  /** A host is at it now, and at what. */
  atWork(label: string, text: string): void;
  /** A host has ended; `text` is the line about it without its name. */
  ended(label: string, text: string, failed: boolean): void;
  /** Tells what a change of a host is doing. */
  watcher(label: string): InstallWatcher;
  /** The context in which a host is worked on. */
  contextOf(label: string, context: Context): Context;
  close(): void;
}

/** A board for so many hosts; a single one has all lines to itself. `told`: each that has ended is told. */
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

/** What is seen of one host while the rollout goes on. */
export interface Seat {
  readonly label: string;
  state: 'waiting' | 'at-work' | 'ended';
  /** What it is doing, or how it ended. */
  text: string;
  failed: boolean;
}

/**
 * The hosts as so many lines: all of them where they fit; else those at work and those that failed, and a line that
 * counts the rest.
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
