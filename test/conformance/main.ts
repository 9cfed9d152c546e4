import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanUp, removeSockets } from './cleanup.ts';
import { meet, type Opened, openHost } from './open.ts';
import { resultLine, table } from './report.ts';
import { readSettings, type Settings } from './settings.ts';
import { STEPS } from './steps/index.ts';
import { type Result, runSteps } from './suite.ts';

/**
 * `KPLUGIN_E2E_HOST=http://edge1:9081 npm run conformance`: kplugin against that host, without it against an
 * embedded one. Everything that it puts there has a name of its own and is taken away again.
 */
const INTERRUPTED = 130;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    print('interrupted: the present step comes to its end, then the host is cleaned up');
    interrupt.abort();
  });
}

process.exitCode = await conformance(readSettings(process.env));

async function conformance(settings: Settings): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-conformance-'));
  const opened = await openHost(settings);
  const code = await stepsOn(opened, settings, folder).catch((error: unknown) => {
    print(`failed: ${error instanceof Error ? error.message : error}`);
    return 1;
  });
  const clean = await leave(opened);
  await rm(folder, { recursive: true, force: true });
  return clean ? code : code || 1;
}

async function stepsOn(opened: Opened, settings: Settings, folder: string): Promise<number> {
  print(`host: ${opened.embedded ? 'an embedded one of its own' : opened.host}`);
  const { world, version } = await meet(opened, settings, folder);
  print(`met: ${version}; the plugin is ${opened.prefix}, in ${world.parts.language}\n`);
  const show = (one: Result): void => print(resultLine(one, settings.verbose));
  const results = await runSteps(STEPS, world, interrupt.signal, show);
  print(`\n${table(version, results)}`);
  if (interrupt.signal.aborted) return INTERRUPTED;
  return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

/** True when nothing of ours is left on the host. */
async function leave({ ask, prefix, embedded }: Opened): Promise<boolean> {
  const left = await cleanUp(ask, prefix).catch((error: unknown) => [String(error)]);
  print(left.length === 0 ? 'cleaned up: nothing of it is left' : `left there: ${left.join(', ')}`);
  if (left.length === 0) await removeSockets(prefix);
  await ask.close();
  await embedded?.stop();
  return left.length === 0;
}
