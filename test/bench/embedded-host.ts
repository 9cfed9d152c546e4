/**
 * The embedded host doing what test/fixtures/go-host does, with the same output:
 * `embedded-host rows|calls PLUGIN SYMBOL COUNT CONFIG LANGUAGE EXECUTABLE PYTHON`.
 */
import type { PluginHost } from '../../src/emulator/host/host.ts';
import { withHost } from './with-host.ts';

const [what, name = '', symbol = '', countText = '', configText = '', ...rest] =
  process.argv.slice(2);
const [language = '', executable = '', python = ''] = rest;
const count = Number(countText);
const isCalls = what === 'calls';
const symbols = {
  sources: isCalls ? [] : [symbol],
  sinks: [],
  functions: isCalls ? [symbol] : [],
};

const seconds = await withHost(
  { name, language, executable, python, ...symbols },
  isCalls ? measureCalls : measureRows,
);
process.stdout.write(`${JSON.stringify({ count, seconds })}\n`);

/** Each row has its number, from 0, in `n`. */
async function measureRows(host: PluginHost): Promise<number> {
  const config: Record<string, unknown> = JSON.parse(configText);
  let next = 0;
  let first = 0;
  await new Promise<void>((resolve, reject) => {
    const opened = host.openSource({
      symbol,
      meta: { ruleId: 'kpbench', opId: symbol, instanceId: 0 },
      config,
      onFault: (text) => reject(new Error(text)),
      onMessage: ({ message }) => {
        if (next === 0) first = performance.now();
        if (message['n'] !== next) reject(new Error(`row ${next} says it is ${message['n']}`));
        next += 1;
        if (next === count) resolve();
      },
    });
    opened.catch(reject);
  });
  return (performance.now() - first) / 1000;
}

/** A function that adds two numbers, one call after the other, as a rule does. */
async function measureCalls(host: PluginHost): Promise<number> {
  const add = await host.openFunction(symbol);
  const context = { ruleId: 'kpbench', opId: '2_project', instanceId: 0, funcId: 0 };
  // The first question waits until the plugin has dialled; that is no part of the rate.
  await add.exec([0, 1], context);
  const first = performance.now();
  for (let n = 0; n < count; n += 1) {
    const result = await add.exec([n, 1], context);
    if (result !== n + 1) throw new Error(`call ${n} gave ${String(result)}`);
  }
  return (performance.now() - first) / 1000;
}
