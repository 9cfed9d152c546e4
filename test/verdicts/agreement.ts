import type { Target } from '../../src/model/target.ts';
import { judge, type Verdict } from './judge.ts';
import type { Sample } from './sample.ts';
import { isHealthy, readTruths, type Truth } from './truth/truth.ts';

/** A sample on one version, as a real server and kplugin see it. */
export interface Comparison {
  readonly id: string;
  readonly does: string;
  readonly version: string;
  readonly truth: Truth;
  readonly verdict: Verdict;
  readonly agrees: boolean;
}

/** Plugins that eKuiper runs and kplugin calls wrong all the same, each with its reason. */
const STRICTER: ReadonlyMap<string, string> = new Map([
  [
    'kpv_pkg_bad_json',
    'its rows are right, but eKuiper logs an error and the manager shows no function',
  ],
]);

/** The samples that a server of each of these lines (`2.4`) was asked about, with kplugin's verdicts. */
export async function compare(
  sample: Sample,
  lines: readonly Target[],
  python: string,
): Promise<readonly Comparison[]> {
  const truths = await truthsOf(sample, lines);
  const verdicts = await judge(sample, [...truths.keys()], python);
  const { id, does } = sample;
  return [...truths].map(([line, { version, truth }]) => {
    const verdict = verdicts.get(line) ?? null;
    const isRight = isHealthy(truth) && !STRICTER.has(id);
    return { id, does, version, truth, verdict, agrees: (verdict === null) === isRight };
  });
}

async function truthsOf({ id }: Sample, lines: readonly Target[]) {
  const truths = [...(await readTruths())].flatMap(([version, of]) => {
    const truth = of.get(id);
    const line = lines.find((one) => version.startsWith(`${one}.`));
    return truth && line ? [[line, { version, truth }] as const] : [];
  });
  return new Map(truths);
}
