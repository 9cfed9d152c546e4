import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../../src/cli/context.ts';
import type { LiveLines } from '../../../src/cli/progress.ts';
import { ProgressBoard, progressWatcher } from '../../../src/fleet/board.ts';
import { fakeContext } from '../cli/fake-context.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const HOSTS = ['edge1', 'edge2', 'edge3', 'edge4', 'edge5'];

describe('a board without a terminal', () => {
  it('says what the hosts are at after two seconds of silence, then every ten', () => {
    const { context, lines } = fakeContext(null);
    const board = new ProgressBoard(HOSTS, context.log, 'print');
    for (const host of HOSTS.slice(0, 4)) board.atWork(host, 'uploading');
    vi.advanceTimersByTime(1999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    const said =
      'info: still at work: edge1 (uploading), edge2 (uploading), edge3 (uploading) and 1 more';
    expect(lines).toEqual([said]);
    vi.advanceTimersByTime(9999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines).toEqual([said, said]);
    board.close();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
  });

  it('counts the silence from the last host that ended', () => {
    const { context, lines } = fakeContext(null);
    const board = new ProgressBoard(HOSTS, context.log, 'print');
    board.atWork('edge1', 'uploading');
    board.atWork('edge2', 'waiting for pysam');
    vi.advanceTimersByTime(1500);
    board.ended('edge1', 'updated 1.0.0', false);
    vi.advanceTimersByTime(1500);
    expect(lines).toEqual(['info: [1/5] edge1: updated 1.0.0']);
    vi.advanceTimersByTime(500);
    expect(lines.at(-1)).toBe('info: still at work: edge2 (waiting for pysam)');
    board.close();
  });

  it('says nothing while nobody is at work, and of ends only where they are told', () => {
    const { context, lines } = fakeContext(null);
    const board = new ProgressBoard(HOSTS, context.log, 'quiet');
    board.ended('edge1', '', false);
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
    board.close();
  });
});

describe('a board on a terminal', () => {
  /** What was drawn, and whether it was taken away. */
  function screen(): { readonly log: Log; readonly drawn: string[][]; ended: boolean } {
    const { context, lines: said } = fakeContext(null);
    const drawn: string[][] = [];
    const lines: LiveLines = {
      room: () => 20,
      draw: (some) => drawn.push([...some]),
      end: () => {
        seen.ended = true;
      },
    };
    const seen = { log: { ...context.log, lines: () => lines }, drawn, said, ended: false };
    return seen;
  }

  it('draws ten times a second, only what has changed, and nothing after the end', () => {
    const seen = screen();
    const board = new ProgressBoard(['edge1', 'edge2'], seen.log, 'print');
    board.atWork('edge1', 'uploading');
    vi.advanceTimersByTime(100);
    expect(seen.drawn).toEqual([['… edge1  uploading', '  edge2']]);
    vi.advanceTimersByTime(5000);
    expect(seen.drawn).toHaveLength(1);
    for (let sent = 0; sent <= 100; sent += 1) board.watcher('edge1').uploaded(sent);
    board.ended('edge1', 'updated', false);
    vi.advanceTimersByTime(100);
    expect(seen.drawn.slice(1)).toEqual([['  edge1  updated', '  edge2']]);
    board.close();
    board.atWork('edge2', 'uploading');
    vi.advanceTimersByTime(5000);
    expect({ draws: seen.drawn.length, ended: seen.ended }).toEqual({ draws: 2, ended: true });
  });
});

describe('what an installation says while it is at work', () => {
  it('one line for each thing', () => {
    const { context, lines } = fakeContext(null);
    const watcher = progressWatcher(context.log);
    watcher.waiting('packing ./probe', Number.POSITIVE_INFINITY);
    watcher.uploading('probe.zip', 1234);
    watcher.uploaded(1000);
    watcher.waiting('for probe to start', 90_000);
    watcher.waiting('the answer was lost; asking', 300_000);
    watcher.settled();
    expect(lines).toEqual([
      'info: packing ./probe',
      'info: uploading probe.zip (1.2 kB)',
      'info: waiting for probe to start, up to 90 s',
      'info: the answer was lost; asking, up to 5 min',
    ]);
  });
});
