import { setTimeout as sleep } from 'node:timers/promises';
import { durationText } from '../../../model/duration.ts';
import { shellWord } from '../../../model/shell-word.ts';
import { type ExitOf, exitWords, isFailure } from '../refusal.ts';
import type { ControlChannel } from './control.ts';
import type { PluginProcess } from './plugin-process.ts';

const LOOK_EVERY_MS = 100;
const SDK_MODULES = /No module named '?(ekuiper|pynng|sniffio)\b/;

/** The result of the wait for the first handshake. */
type HandshakeOutcome =
  | { readonly kind: 'shaken' }
  | { readonly kind: 'died'; readonly exit: ExitOf }
  | { readonly kind: 'silent' }
  | { readonly kind: 'stopped' };

/**
 * Waits for the handshake, the exit of the process, the timeout or the signal, whichever comes first. eKuiper itself
 * waits the whole timeout even for a dead process (docs/ekuiper.md#start-at-the-install).
 */
export async function waitForHandshake(
  channel: ControlChannel,
  process: PluginProcess,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HandshakeOutcome> {
  const timeout = new AbortController();
  const stop = (): void => timeout.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race<HandshakeOutcome>([
      channel.handshake.then(() => ({ kind: 'shaken' })),
      endOf(process, timeout.signal).then((exit) => ({ kind: 'died', exit })),
      sleep(timeoutMs, null, { signal: timeout.signal }).then(
        () => ({ kind: 'silent' }),
        () => ({ kind: 'stopped' }),
      ),
    ]);
  } finally {
    signal.removeEventListener('abort', stop);
    timeout.abort();
  }
}

/**
 * Resolves when no process is left that could send a handshake. A wrapper script that exits with 0 and leaves its
 * child running works with eKuiper, which notices only failures.
 */
async function endOf(process: PluginProcess, signal: AbortSignal): Promise<ExitOf> {
  const exit = await process.ended;
  while (!isFailure(exit) && process.hasChildren && !signal.aborted) {
    await sleep(LOOK_EVERY_MS, null, { signal }).catch(() => null);
  }
  return exit;
}

interface Circumstances {
  readonly plugin: string;
  readonly afterMs: number;
  /** The Python that lacks the SDK; null when that is not the cause. */
  readonly python: string | null;
  /** Another Python that has it, as typed in the shell; null when none is known. */
  readonly other: string | null;
  readonly channel: Pick<ControlChannel, 'path' | 'wasDialled' | 'fault'>;
  /** The last lines of stderr (or stdout), oldest first. */
  readonly lastLines: readonly string[];
}

/** Why no handshake came; eKuiper reports only `control handshake error: receive time out`. */
export function failedHandshake(
  outcome: Exclude<HandshakeOutcome, { kind: 'shaken' }>,
  circumstances: Circumstances,
): string[] {
  const { lastLines } = circumstances;
  return [
    `kplugin: ${reason(outcome, circumstances)}`,
    ...words(lastLines),
    ...advice(circumstances),
  ];
}

function reason(
  outcome: Exclude<HandshakeOutcome, { kind: 'shaken' }>,
  { plugin, afterMs, channel }: Circumstances,
): string {
  const after = `after ${durationText(afterMs)}`;
  if (outcome.kind === 'stopped') return 'the host was stopped before the handshake';
  if (outcome.kind === 'died') {
    return `the process ended ${after}, before its handshake (${exitWords(outcome.exit)})`;
  }
  if (channel.fault !== null) {
    return `the process connected to ${channel.path}, but what it sent is not the protocol: ${channel.fault.message}; ended ${after}`;
  }
  if (channel.wasDialled) {
    return `the process connected to ${channel.path} but sent no handshake; ended ${after}`;
  }
  return (
    `the process runs but never connected to ${channel.path}; ended ${after}. ` +
    `Is the name in its PluginConfig (Go: runtime.Start) just "${plugin}"?`
  );
}

function words(lastLines: readonly string[]): string[] {
  if (lastLines.length === 0) return ['It printed nothing.'];
  return ['Its last words:', ...lastLines.map((line) => `  ${line}`)];
}

/** The most common cause: whether a program in Python says that the SDK is not installed. */
export function saysThatSdkIsMissing(lastLines: readonly string[]): boolean {
  return lastLines.some((line) => SDK_MODULES.test(line));
}

function advice({ python, other }: Circumstances): string[] {
  if (python === null) return [];
  const install = `${shellWord(python)} -m pip install ekuiper pynng`;
  if (other === null) {
    return [
      `This Python lacks eKuiper's SDK: install it (${install}) or give --python <one that has it>.`,
    ];
  }
  return [
    `${python} lacks eKuiper's SDK: give one that has it (--python ${other}) or install it (${install}).`,
  ];
}
