import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PluginHost } from '../../emulator/host/host.ts';
import { HostRefusal } from '../../emulator/runtime/refusal.ts';
import type { ProjectPythons } from '../../emulator/runtime/run/side.ts';
import type { HostEvent } from '../../emulator/runtime/symbol-contract.ts';
import { shippedInitTimeoutMs } from '../../model/behaviours.ts';
import { durationText } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';
import type { CaseResult, SuiteReport } from '../../testing/case/result.ts';
import { openCheckFixtures } from '../../testing/checks/check-fixtures.ts';
import { PluginLog } from '../../testing/run/plugin-log.ts';
import { runSuite, type SuiteOptions } from '../../testing/run-suite.ts';
import { moveIdleSockets } from './idle-sockets.ts';
import type { Staged } from './stage.ts';

interface EmbeddedOptions
  extends Omit<
    SuiteOptions,
    | 'host'
    | 'log'
    | 'plugin'
    | 'symbols'
    | 'declared'
    | 'target'
    | 'handshakeLimitMs'
    | 'checkFixtures'
    | 'commands'
  > {
  readonly staged: Staged;
  readonly target: Target;
  readonly projectPythons: ProjectPythons;
  /** Where the commands of cases run. */
  readonly folder: string;
  /** Milliseconds for the handshake. */
  readonly initMs: number;
  /** Called when the handshake of a process takes longer than {@link SLOW_START_MS}. */
  readonly onSlowStart: () => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path that replaces the plugin's directory in its output. */
  readonly shownAs: string;
}

/** Plugins dial nowhere else (docs/wire.md#sockets). */
const SOCKETS = '/tmp';

/** Milliseconds after which the wait for the handshake is reported. */
const SLOW_START_MS = 2_000;

/** Installs the package in an embedded host, runs the suite, and stops everything. */
export async function runEmbedded(options: EmbeddedOptions): Promise<SuiteReport> {
  const { staged, target, python, projectPythons, initMs, env, scratch, now, shownAs } = options;
  const log = new PluginLog();
  const slowness = reportSlowStarts(options.onSlowStart);
  const root = path.join(scratch, `host-${target}`);
  await makeFolders(root);
  const host: PluginHost = new PluginHost({
    root,
    target,
    python,
    projectPythons,
    initTimeoutMs: initMs,
    env,
    now,
    onEvent: (event) => {
      slowness(event);
      log.add(withOwnPath(event, path.join(host.home.plugins, staged.name), shownAs));
    },
    socketFolder: SOCKETS,
    machine: { platform: process.platform, architecture: process.arch },
  });
  options.signal.throwIfAborted();
  const close = (): void => void host.close();
  options.signal.addEventListener('abort', close, { once: true });
  const putBack = await moveIdleSockets(SOCKETS, socketNames(staged));
  try {
    return await runIn(host, log, options);
  } finally {
    options.signal.removeEventListener('abort', close);
    await host.close();
    await putBack();
  }
}

async function runIn(
  host: PluginHost,
  log: PluginLog,
  options: EmbeddedOptions,
): Promise<SuiteReport> {
  const { staged, now, folder, env, initMs } = options;
  const { name: plugin, symbols, declared } = staged;
  const commands = { folder, env };
  const checkFixtures = await openCheckFixtures({
    ...options,
    symbols,
    plan: options.checkPlan,
    commands,
    wantsSetup: options.checks.length > 0,
    onLine: (text) => log.note(plugin, text),
  });
  try {
    await host.open();
    host.setEnvironment(plugin, checkFixtures.env);
    const asked = now();
    const refusal = await install(host, staged);
    if (refusal !== null) return notInstalled(options, refusal, log, now() - asked);
    const about = { plugin, symbols, declared, handshakeLimitMs: initMs };
    return await runSuite({ ...options, ...about, commands, checkFixtures, host, log });
  } finally {
    await checkFixtures.close();
  }
}

/** A listener that calls `report` when a process takes long from its start to its handshake. */
function reportSlowStarts(report: () => void): (event: HostEvent) => void {
  let timer: NodeJS.Timeout | undefined;
  return ({ kind }) => {
    if (kind === 'started' || kind === 'running' || kind === 'ended') clearTimeout(timer);
    if (kind === 'started') timer = setTimeout(report, SLOW_START_MS).unref();
  };
}

/** The sockets whose names depend on the plugin alone, not on a rule. */
function socketNames({ name, symbols }: Staged): string[] {
  const functions = symbols.filter(({ kind }) => kind === 'function');
  return [`plugin_${name}.ipc`, ...functions.map((one) => `func_${one.name}.ipc`)];
}

/** Resolves to the host's error, or null when the plugin is installed. */
async function install(host: PluginHost, { name, zip }: Staged): Promise<string | null> {
  try {
    await host.register({ name, file: pathToFileURL(zip).href, shellParas: null });
    return null;
  } catch (error) {
    if (!(error instanceof HostRefusal)) throw error;
    if (/address already in use/.test(error.message)) throw inUse(name, error);
    return error.message;
  }
}

function inUse(name: string, cause: HostRefusal): KpluginError {
  const reason = cause.message.split('\n').find((line) => line.startsWith('kplugin: '));
  return new KpluginError({
    code: 'socket-in-use',
    exit: EXIT.usage,
    message: `a plugin called ${name} runs on this machine already`,
    reason: reason?.replace('kplugin: ', '') ?? cause.message,
    hint: 'end the other kplugin serve, dev or test, or remove the plugin from the eKuiper that runs it; where it is not installed, that eKuiper still listens for it until it restarts',
    cause,
  });
}

/** The report for a plugin that cannot be installed: its first check failed, the others cannot run. */
function notInstalled(
  { staged: { name }, initMs, target }: EmbeddedOptions,
  words: string,
  log: PluginLog,
  ms: number,
): SuiteReport {
  const shipped = shippedInitTimeoutMs(target);
  // A script or a program that failed is no matter of time, however long it took.
  const isSilent = /^kplugin: the process (?:runs|connected) /m.test(words);
  const isOwnLimit = isSilent && initMs < shipped;
  const [first = '', ...diagnosis] = words.split('\n');
  const result: CaseResult = {
    type: 'check',
    name: 'handshake',
    file: null,
    line: null,
    kind: null,
    symbol: null,
    outcome: 'failed',
    ms,
    message: diagnosis.length > 0 ? diagnosis.join('\n').replace(/^kplugin: /, '') : first,
    why: isOwnLimit
      ? `--init-timeout is ${durationText(initMs)}; eKuiper ${releaseOf(target)} as shipped waits ${durationText(shipped)}`
      : `eKuiper answers the install with: ${first}`,
    hint: isOwnLimit
      ? `allow more time: --init-timeout ${shellWord(`${shipped / 1000}s`)}`
      : 'correct it first: no case can run',
    isWarning: false,
    difference: null,
    log: log.since(name, 0),
  };
  return {
    plugin: name,
    results: [result],
    passed: 0,
    failed: 1,
    skipped: 0,
    ms,
    isPartial: false,
  };
}

function withOwnPath(event: HostEvent, folder: string, shownAs: string): HostEvent {
  if (event.kind !== 'output') return event;
  return { ...event, line: event.line.replaceAll(folder, shownAs) };
}
