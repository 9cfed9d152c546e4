import { type Flow, runFlow } from './flow.ts';

const MILLION = 1_000_000;
const PIPES = 20;
/** Bytes that a process may gain while 900,000 more rows go through it. */
const GOAL = 32 * 2 ** 20;

/** A million rows through source, host and sink, and the same over 50 symbols at once (20 sources, 20 sinks, 10 functions). */
print('1,000,000 rows, source → host → sink', await runFlow(MILLION, 1, 0));
print('50 symbols at once', await runFlow(MILLION / PIPES / 10, PIPES, 10));

function print(title: string, { count, seconds, sinks, hostGrowth, pluginGrowth }: Flow): void {
  const received = sinks.reduce((sum, sink) => sum + sink.received, 0);
  const wrong = sinks.reduce((sum, sink) => sum + sink.wrong, 0);
  const rate = Math.round(count / seconds).toLocaleString('en');
  const verdict = received === count && wrong === 0 ? 'all arrived in order' : 'MISSED';
  console.log(`${title}: ${received} of ${count}, ${wrong} wrong, ${rate}/s: ${verdict}`);
  printGrowth('host', hostGrowth, count);
  printGrowth('plugin', pluginGrowth, count);
}

/** Only after a million rows it is known what is warming up and what is growth. */
function printGrowth(who: string, growth: number, count: number): void {
  const is = growth <= GOAL ? 'within' : 'MISSED';
  const goal = count === MILLION ? `, goal ≤ ${mib(GOAL)}: ${is}` : '';
  console.log(`  memory of the ${who} grew by ${mib(growth)} MiB${goal}`);
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
