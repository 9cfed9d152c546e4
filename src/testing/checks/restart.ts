import type { OpenFunction, OpenSink, OpenSource } from '../../emulator/runtime/symbol-contract.ts';
import { PYTHON_UPDATE_WORKAROUND } from '../../model/behaviours.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../model/symbol.ts';
import { openRegularFile } from '../../package/files/regular-file.ts';
import { symbolKey } from '../case/case.ts';
import { wordsOf } from '../run/case-frame.ts';
import { type Check, type CheckContext, failed, passed, skipped, type Verdict } from './check.ts';
import { openSink, openSource, silenceOf } from './open-symbol.ts';

const GO_SDK = Buffer.from('github.com/lf-edge/ekuiper/sdk/go');

const CHUNK = 1024 * 1024;

/** The share of the check's time that rows may take, before the restart and after it. */
const SHARE = 0.3;

const WHY_DEAD = 'after an update eKuiper has no running plugin, and every rule that uses it fails';

/**
 * How a plugin is made, as far as it decides how its functions survive an update
 * (docs/ekuiper.md#functions-after-an-update).
 */
type Making = 'go-sdk' | 'python' | 'script' | 'program';

/** The workaround for each. */
const WORKAROUNDS: Record<Making, string> = {
  'go-sdk':
    'update it before rules have used its functions, or restart eKuiper afterwards: the Go SDK leaves no place for a workaround',
  python: PYTHON_UPDATE_WORKAROUND,
  script:
    'build it with the kplugin/sdk of this kplugin, which dials the sockets of its functions when it starts',
  program:
    'dial /tmp/func_<function>.ipc of each function when the program starts and say "handshake", one connection for each',
};

interface Running {
  readonly functions: readonly { readonly symbol: PluginSymbol; readonly opened: OpenFunction }[];
  readonly others: readonly (OpenSource | OpenSink)[];
  /** The number of rows of each source by name. */
  readonly counts: Map<string, number>;
}

/**
 * Restarts the plugin as an update or a crash does: eKuiper starts only part of its symbols again
 * (docs/ekuiper.md#functions-after-an-update).
 */
export const restart: Check = async (context) => {
  const { suite, life } = context;
  await life.ensure();
  const running = await startAll(context);
  try {
    await context.deadline.until(() => quietOf(running), SHARE);
    const before = new Map(running.counts);
    await suite.host.restart(suite.plugin);
    return await judged(running, before, context);
  } catch (thrown) {
    return [failed(null, `it does not start again: ${wordsOf(thrown)}`, { why: WHY_DEAD })];
  } finally {
    await Promise.all(running.others.map((one) => one.stop())).catch(() => undefined);
    await life.renew();
  }
};

async function startAll(context: CheckContext): Promise<Running> {
  const { host, nextRule } = context.suite;
  const functions: Running['functions'][number][] = [];
  const others: (OpenSource | OpenSink)[] = [];
  const counts = new Map<string, number>();
  for (const symbol of context.symbols.filter((one) => context.startable.has(symbolKey(one)))) {
    const meta = nextRule();
    if (symbol.kind === 'function') {
      functions.push({ symbol, opened: await host.openFunction(symbol.name) });
    } else if (symbol.kind === 'sink') {
      others.push(await openSink(symbol, { meta }, context));
    } else {
      counts.set(symbol.name, 0);
      const onMessage = (): void => {
        counts.set(symbol.name, (counts.get(symbol.name) ?? 0) + 1);
      };
      others.push(await openSource(symbol, { meta, onMessage }, context));
    }
  }
  await Promise.all(functions.map(({ symbol, opened }) => silenceOf(opened, symbol, context)));
  return { functions, others, counts };
}

/** Null when every source has sent a row. */
function quietOf({ counts }: Running): Promise<string | null> {
  const [quiet] = [...counts].find(([, count]) => count === 0) ?? [null];
  return Promise.resolve(quiet);
}

async function judged(
  running: Running,
  before: ReadonlyMap<string, number>,
  context: CheckContext,
): Promise<Verdict[]> {
  const silences = running.functions.map(async ({ symbol, opened }) => {
    return (await silenceOf(opened, symbol, context)) === null ? [] : [symbol.name];
  });
  const lost = (await Promise.all(silences)).flat();
  if (lost.length > 0) return [await lostFunctions(lost, running.functions.length, context)];
  // Only a source that sent rows before can have stopped sending.
  const alive = [...before].filter(([, count]) => count > 0);
  const stillQuiet = (): Promise<string | null> => {
    const quiet = alive.find(([name, count]) => (running.counts.get(name) ?? 0) <= count);
    return Promise.resolve(quiet?.[0] ?? null);
  };
  const quiet = await context.deadline.until(stillQuiet, SHARE);
  if (quiet === null) return [passed(null, restarted(context))];
  return [
    failed(null, `source ${quiet} sends no rows any more`, {
      why: 'eKuiper starts it again in the new process, with the same rule, operation and instance',
      hint: 'start with nothing left of the process before: a lock file, a port, a position',
    }),
  ];
}

function restarted({ symbols, startable }: CheckContext): string {
  const ran = symbols.filter((one) => startable.has(symbolKey(one)));
  const parts = SYMBOL_KINDS.toReversed().flatMap((kind) => {
    const count = ran.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count > 1 ? 's' : ''}`];
  });
  const last = parts.pop();
  if (last === undefined) return '';
  const isOne = ran.length === 1;
  return `${parts.length > 0 ? `${parts.join(', ')} and ` : ''}${last} ${isOne ? 'works' : 'work'} on`;
}

async function lostFunctions(
  lost: readonly string[],
  count: number,
  { suite, target }: CheckContext,
): Promise<Verdict> {
  const info = suite.host.pluginOf('function', lost[0] ?? '');
  const making = info === null ? 'program' : await makingOf(info);
  const names = lost.map((name) => `"${name}"`).join(', ');
  const message = `after a new start ${lost.length} of ${count} functions do not answer: ${names}`;
  const words = {
    why: `after an update eKuiper ${target} starts only the function that was started last and believes that the others run: calls fail with "time out, plugin ${suite.plugin} status running" until eKuiper itself restarts`,
    hint: WORKAROUNDS[making],
  };
  if (making !== 'go-sdk') return failed(null, message, words);
  return skipped(null, message, { ...words, isWarning: true });
}

/** Reads the manifest and the program. `executable` is absolute. */
export async function makingOf({ language, executable }: PluginInfo): Promise<Making> {
  if (language === 'python') return 'python';
  const handle = await openRegularFile(executable).catch(nullUnlessLimit);
  if (handle === null) return 'program';
  try {
    let tail: Buffer = Buffer.alloc(0);
    for (let at = 0; ; at += CHUNK) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
      const piece = buffer.subarray(0, bytesRead);
      if (at === 0 && piece.toString('latin1', 0, 2) === '#!') return 'script';
      if (Buffer.concat([tail, piece]).includes(GO_SDK)) return 'go-sdk';
      if (bytesRead < CHUNK) return 'program';
      tail = piece.subarray(piece.length - GO_SDK.length);
    }
  } finally {
    await handle.close();
  }
}
