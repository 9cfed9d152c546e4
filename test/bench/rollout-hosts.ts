/**
 * Many hosts on loopback in one process: `rollout-hosts KIND COUNT`. KIND `embedded`: kplugin's embedded hosts, as an
 * eKuiper 1.14 that starts nothing at install. KIND `draining`: fakes that answer like one and keep no package, for
 * uploads that would fill a disk. Prints one line of JSON, a {@link HostsReady}; a request to `control` makes all of
 * them empty again. Ends with its stdin.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRestHost } from '../fixtures/rest-host.ts';
import { DrainingHost } from './draining-host.ts';

/** Where they are. */
export interface HostsReady {
  readonly addresses: readonly string[];
  readonly control: string;
}

const [kind = 'embedded', count = '200'] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'kpbench-hosts-'));
const draining: DrainingHost[] = [];
const addresses: string[] = [];
for (let index = 0; index < Number(count); index += 1) {
  addresses.push(kind === 'draining' ? await openDraining() : await openEmbedded(String(index)));
}
const control = await listen((_request, response) => {
  void reset().then(() => response.end());
});
const ready: HostsReady = { addresses, control: `http://${control}` };
process.stdout.write(`${JSON.stringify(ready)}\n`);
process.stdin.resume().on('end', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});

async function openEmbedded(name: string): Promise<string> {
  return (await openRestHost(path.join(folder, name), '1.14')).address;
}

function openDraining(): Promise<string> {
  const host = new DrainingHost();
  draining.push(host);
  return listen(host.answer);
}

async function listen(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}

async function reset(): Promise<void> {
  for (const host of draining) host.reset();
  if (kind !== 'draining') await Promise.all(addresses.map(emptied));
}

async function emptied(address: string): Promise<void> {
  for (const list of ['plugins/portables', 'config/uploads']) {
    const listed: unknown = await (await fetch(`http://${address}/${list}`)).json();
    for (const one of Array.isArray(listed) ? listed : []) {
      const name = typeof one === 'string' ? path.basename(one) : String(one.name);
      await fetch(`http://${address}/${list}/${name}`, { method: 'DELETE' });
    }
  }
}
