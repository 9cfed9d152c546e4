import { WakefulLoop } from '../../../src/sp/busy-poll.ts';

/** A loop whose time and turns a test makes; it waits for 0.2 ms. */
export function loopBy(cores = 2) {
  let now = 1;
  let next: (() => void) | null = null;
  const later = (turn: () => void) => {
    next = turn;
  };
  const loop = new WakefulLoop(() => now, later, cores, 0.2);
  const pass = (ms: number) => {
    now += ms;
  };
  /** Turns until the loop sleeps, each so long; how many that were. */
  const awake = (ms: number) => {
    let turns = 0;
    for (let turn = next; turn !== null; turn = next) {
      next = null;
      now += ms;
      turns += 1;
      turn();
    }
    return turns;
  };
  /** Whether the loop is awake. */
  const isAwake = () => next !== null;
  return { loop, pass, awake, isAwake };
}
