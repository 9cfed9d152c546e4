/**
 * Rows from sources through functions into sinks, all of one plugin, in the embedded host:
 * `flow-host EXECUTABLE ROWS PIPES CALLING`: the first CALLING pipes call a function of their own for each row.
 * Prints one line of JSON, a {@link Flow}.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginHost } from '../../src/emulator/host/host.ts';
import type { OpenFunction } from '../../src/emulator/runtime/symbol-contract.ts';
import type { Flow } from './flow.ts';
import { MemoryWatch } from './memory.ts';
import { withHost } from './with-host.ts';

const TIMEOUTS_MS = 120_000;
const POLL_MS = 20;

const [executable = '', ...numbers] = process.argv.slice(2);
const [rows = 0, pipes = 0, calling = 0] = numbers.map(Number);
const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `kpload_${kind}_${index}`);
const plugin = {
  name: 'kpload',
  language: 'go',
  executable,
  python: '',
  sources: names('rows', pipes),
  sinks: names('check', pipes),
  functions: names('plus', calling),
};

const host = new MemoryWatch(process.pid);
let child = host;
const flow = await withHost(plugin, measure, (pid) => {
  child = new MemoryWatch(pid);
});
process.stdout.write(`${JSON.stringify(flow)}\n`);

async function measure(embedded: PluginHost, root: string): Promise<Flow> {
  const started = performance.now();
  let marked = false;
  const onRow = (n: number): void => {
    if (marked || n < rows / 10) return;
    marked = true;
    for (const watch of [host, child]) watch.mark();
  };
  await Promise.all(plugin.sources.map((_, index) => openPipe(embedded, root, index, onRow)));
  const sinks = await Promise.all(plugin.sinks.map((name) => resultOf(path.join(root, name))));
  const seconds = (performance.now() - started) / 1000;
  return { count: rows * pipes, seconds, sinks, pluginGrowth: child.end(), hostGrowth: host.end() };
}

async function openPipe(
  embedded: PluginHost,
  root: string,
  index: number,
  onRow: (n: number) => void,
): Promise<void> {
  const meta = (opId: string) => ({ ruleId: `kpload${index}`, opId, instanceId: 0 });
  const check = `kpload_check_${index}`;
  const sink = await embedded.openSink({
    symbol: check,
    meta: meta('sink'),
    config: { rows, path: path.join(root, check) },
  });
  const plus: OpenFunction | null =
    index < calling ? await embedded.openFunction(`kpload_plus_${index}`) : null;
  await embedded.openSource({
    symbol: `kpload_rows_${index}`,
    meta: meta('source'),
    config: { count: rows },
    onMessage: async ({ message }) => {
      const n = Number(message['n']);
      onRow(n);
      const d = await plus?.exec([n], { ...meta('2_project'), funcId: 0 });
      await sink.send(JSON.stringify([d === undefined ? { n } : { n, d }]));
    },
  });
}

/** What a sink wrote down when it had all its rows; nothing was received when it never did. */
async function resultOf(file: string): Promise<Flow['sinks'][number]> {
  for (let left = TIMEOUTS_MS / POLL_MS; left > 0; left -= 1) {
    try {
      const result: Flow['sinks'][number] = JSON.parse(readFileSync(file, 'utf8'));
      return result;
    } catch {
      await sleep(POLL_MS);
    }
  }
  return { received: 0, wrong: 0 };
}
