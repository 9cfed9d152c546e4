import type { Context } from '../cli/context.ts';
import type { InstallWatcher } from '../deploy/change/change.ts';
import { talkingWatcher } from '../hosts/talking-watcher.ts';
import { RolloutBoard } from './rollout-board.ts';

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
