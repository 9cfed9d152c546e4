import { durationText } from '../../../model/duration.ts';
import { exitWords } from '../go-words.ts';
import type { ControlChannel } from './control.ts';
import type { HandshakeOutcome } from './handshake.ts';

export interface Circumstances {
  readonly plugin: string;
  readonly afterMs: number;
  readonly python: string;
  readonly channel: Pick<ControlChannel, 'path' | 'wasDialled' | 'fault'>;
  /** The last lines of stderr (or stdout), oldest first. */
  readonly lastLines: readonly string[];
}

/** Why no handshake came; eKuiper reports only `control handshake error: receive time out`. */
export function failedHandshake(
  outcome: Exclude<HandshakeOutcome, { kind: 'shaken' }>,
  circumstances: Circumstances,
): string[] {
  const { lastLines, python } = circumstances;
  return [
    `kplugin: ${reason(outcome, circumstances)}`,
    ...words(lastLines),
    ...advice(lastLines, python),
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

const SDK_MODULES = /No module named '?(ekuiper|pynng|sniffio)\b/;

/** The most common cause: the SDK is not installed in the Python that starts the plugin. */
function advice(lastLines: readonly string[], python: string): string[] {
  if (!lastLines.some((line) => SDK_MODULES.test(line))) return [];
  return [
    `This Python lacks eKuiper's SDK: install it (${python} -m pip install ekuiper pynng) or give --python <one that has it>.`,
  ];
}
