import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { Row } from '../sample.ts';

/** The port at which eKuiper takes rows for a source `httppush`, as shipped. */
const PUSH_PORT = 10_081;

/** Sends a row to the stream of that path; tries again while the rule has not opened its source yet. */
export async function send(host: URL, path: string, row: Row): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const status = await request(`http://${host.hostname}:${PUSH_PORT}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    }).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode;
      },
      () => 0,
    );
    if (status === 200) return;
    if (attempt > 40) throw new Error(`${path} takes no rows: ${status}`);
    await sleep(250);
  }
}
