import {
  benchProgram,
  goBenchPlugin,
  pythonBenchPlugin,
  typescriptBenchPlugin,
} from './plugins.ts';
import { rateLine, rateRatio, ratesInTurn } from './rates.ts';
import { embeddedRunner, type Work, workTitle } from './work.ts';

const ROUNDS = 7;

/** What a TypeScript plugin has to reach beside one with the Go SDK; enough work for a second or more. */
const WORKS: readonly (readonly [work: Work, goal: number])[] = [
  [{ what: 'rows', count: 200_000, bytes: 60 }, 1.1],
  [{ what: 'rows', count: 120_000, bytes: 1_000 }, 1.1],
  [{ what: 'rows', count: 6_000, bytes: 100_000 }, 1],
  [{ what: 'calls', count: 25_000 }, 2],
];

/** The same plugin in three languages, in the same embedded host. */
const embedded = await benchProgram('embedded-host');
const [ts, go, python] = [
  await typescriptBenchPlugin(),
  await goBenchPlugin(),
  await pythonBenchPlugin(),
];
for (const [work, goal] of WORKS) {
  const runners = [ts, go, python].map((plugin) => embeddedRunner(embedded, plugin, work));
  const [ours = [], gos = [], pythons = []] = ratesInTurn(runners, ROUNDS);
  const title = `${ts.title} SDK, ${workTitle(work)}`;
  console.log(rateLine(title, go.title, rateRatio(ours, gos), goal));
  console.log(rateLine(title, python.title, rateRatio(ours, pythons)));
}
