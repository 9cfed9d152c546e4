import { Ask } from '../../conformance/host/ask.ts';
import { versionOf } from '../../conformance/host/state.ts';
import { reachOf, readSettings } from '../../conformance/settings.ts';
import { SAMPLES } from '../samples/index.ts';
import { addTruth, readTruths } from '../truth/truth.ts';
import { askServer } from './ask-server.ts';
import { Collector } from './collector.ts';

/**
 * `KPLUGIN_E2E_HOST=http://127.0.0.1:9081 npx tsx test/verdicts/record/main.ts [id…]`: asks a real eKuiper on this
 * machine what it does with each sample that it was not asked about yet (all of the given ones), and keeps its answers
 * in test/verdicts/truth/recorded.json. Ends with 75 when the server died; start another one and go on.
 */
const SERVER_DIED = 75;
const AT_A_TIME = Number(process.env['KPLUGIN_VERDICTS_PARALLEL'] ?? 6);

const settings = readSettings(process.env);
const host = settings.host ?? 'http://127.0.0.1:9081';
const ask = new Ask(await reachOf(host, settings));
const collector = new Collector();
await collector.open();
const version = /\d+\.\d+\.\d+/.exec(await versionOf(ask))?.[0] ?? '';

const given = process.argv.slice(2);
const known = (await readTruths()).get(version) ?? new Map();
const queue = SAMPLES.filter(({ id }) => (given.length > 0 ? given.includes(id) : !known.has(id)));

let writing = Promise.resolve();
await Promise.all(Array.from({ length: AT_A_TIME }, lane));
collector.close();
await ask.close();

async function lane(): Promise<void> {
  for (let sample = queue.shift(); sample !== undefined; sample = queue.shift()) {
    const { id } = sample;
    const truth = await askServer(sample, ask, { host: new URL(host), collector });
    const died = truth.update === 'the server died' || (await ask.get('/', 5_000)).status !== 200;
    process.stdout.write(`${version} ${id}: ${JSON.stringify(truth)}\n`);
    // What another sample brought down says nothing of this one.
    if (!died || AT_A_TIME === 1) writing = writing.then(() => addTruth(version, id, truth));
    await writing;
    if (died) process.exit(SERVER_DIED);
  }
}
