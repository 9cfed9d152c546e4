// Runs one command of kplugin after the other in a process that stays: what is built, as bin/kplugin.js runs it, without
// the start of a process each time. Talks to warm.ts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const { main } = createRequire(import.meta.url)('../../dist/kplugin.cjs');

/** What a command left listening would hear of the next one's troubles. */
function forgetListeners() {
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection']) {
    process.removeAllListeners(event);
  }
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
}

process.on('message', async ({ args, env, end }) => {
  forgetListeners();
  Object.assign(process.env, env);
  const code = await main(args, version);
  process.stdout.write(end);
  process.stderr.write(end);
  process.send({ code });
});
process.on('disconnect', () => process.exit());
