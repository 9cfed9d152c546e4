import {
  type BenchPlugin,
  benchProgram,
  goBenchPlugin,
  goHost,
  pythonBenchPlugin,
} from './plugins.ts';
import { type Runner, rateLine, rateRatio, ratesInTurn } from './rates.ts';
import { embeddedRunner, goHostRunner, type Work, workTitle } from './work.ts';

const ROUNDS = 7;
const GOAL = 1;

/** Rows and calls per second of one and the same plugin in the embedded host and in a minimal one in Go. */
const minimal = await goHost();
const embedded = await benchProgram('embedded-host');
for (const plugin of [await goBenchPlugin(), await pythonBenchPlugin()]) {
  for (const work of worksFor(plugin)) {
    const runners: Runner[] = [
      embeddedRunner(embedded, plugin, work),
      goHostRunner(minimal, plugin, work),
    ];
    const [ours = [], theirs = []] = ratesInTurn(runners, ROUNDS);
    const title = `embedded host, ${workTitle(work)}, ${plugin.title} plugin`;
    console.log(rateLine(title, 'minimal Go host', rateRatio(ours, theirs), GOAL));
  }
}

/** As much as takes a second or more. */
function worksFor({ language }: BenchPlugin): readonly Work[] {
  const isPython = language === 'python';
  return [
    { what: 'rows', count: isPython ? 60_000 : 250_000, bytes: 60 },
    { what: 'rows', count: isPython ? 40_000 : 150_000, bytes: 1_000 },
    { what: 'calls', count: isPython ? 8_000 : 20_000 },
  ];
}
