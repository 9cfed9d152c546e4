import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginHost } from '../../../../src/emulator/host/host.ts';
import type { Rules } from './rules.ts';

const POLL_MS = 25;

/**
 * Waits until the sources have sent all their rows and these have gone all the way, or no plugin lives any more;
 * for `seconds` at most, since rows wait long for a function that is dead.
 */
export async function quiet(
  host: PluginHost,
  rules: Rules,
  log: () => Promise<readonly string[]>,
  seconds: number,
): Promise<void> {
  for (let left = (seconds * 1000) / POLL_MS; left > 0; left -= 1) {
    if (isQuiet(host, rules, await log())) return;
    await sleep(POLL_MS);
  }
}

function isQuiet(host: PluginHost, rules: Rules, log: readonly string[]): boolean {
  if (isDead(host)) return true;
  const life = lastLife(log);
  const count = (word: string): number =>
    life.filter((line) => line.startsWith(`["${word}"`)).length;
  const opened = count('src.open');
  const hasSent = opened === count('src.close') && (opened > 0 || rules.running.length === 0);
  return hasSent && rules.running.every((rule) => rule.isIdle(count('snk.collect')));
}

function isDead(host: PluginHost): boolean {
  return host.list().every(({ name }) => host.status(name)?.status !== 'running');
}

/** What the newest process of the plugin wrote. */
function lastLife(log: readonly string[]): readonly string[] {
  return log.slice(log.findLastIndex((line) => line.startsWith('["argv"')) + 1);
}

/**
 * Waits until a plugin that was just started has opened what it is told again, or for `seconds`: eKuiper's own
 * requests take long enough for that. `words`: the lines that say so.
 */
export async function replayed(
  host: PluginHost,
  log: () => Promise<readonly string[]>,
  words: readonly string[],
  seconds: number,
): Promise<void> {
  for (let left = (seconds * 1000) / POLL_MS; left > 0; left -= 1) {
    const life = lastLife(await log());
    const isOpen = words.every((word) => life.some((line) => line.startsWith(`["${word}"`)));
    if (isOpen || isDead(host)) return;
    await sleep(POLL_MS);
  }
}

/** Waits until the log is whole, or for `seconds`. */
export async function logOf(
  log: () => Promise<readonly string[]>,
  isWhole: (log: readonly string[]) => boolean,
  seconds: number,
): Promise<readonly string[]> {
  for (let left = (seconds * 1000) / POLL_MS; left > 0; left -= 1) {
    const now = await log();
    if (isWhole(now)) return now;
    await sleep(POLL_MS);
  }
  return log();
}
