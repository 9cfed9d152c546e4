import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { kplugin, type Run } from '../bin/run.ts';

/** A folder of its own with hosts.json in `config/`, and kplugin run there. */
export interface HostWorld {
  readonly folder: string;
  readonly hosts: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>;
  /** What people see of some commands, without what differs each time. */
  transcript(...lines: readonly (readonly string[])[]): Promise<string>;
}

/** Gone when the test ends. */
export function hostWorld(known: Readonly<Record<string, string>> = {}): HostWorld {
  const folder = mkdtempSync(path.join(tmpdir(), 'kplugin-hosts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run: HostWorld['run'] = (args, env = {}) =>
    kplugin(args, {
      cwd: folder,
      env: { KPLUGIN_CONFIG: path.join(folder, 'config'), KPLUGIN_RETRIES: '0', ...env },
    });
  const steady = (text: string): string => {
    let left = text.replaceAll(folder, '$FOLDER');
    for (const [name, value] of Object.entries(known)) left = left.replaceAll(value, name);
    // Columns are as wide as what stands in them, and that differs each time.
    return left.replace(/ {3,}(?=\S)/g, '  ');
  };
  return {
    folder,
    hosts: path.join(folder, 'config', 'hosts.json'),
    run,
    async transcript(...lines) {
      const parts: string[] = [];
      for (const args of lines) {
        const { code, stdout, stderr } = await run(args);
        const [talk = '', next] = stderr.split('\nNext:\n');
        const after = next === undefined ? '' : `\nNext:\n${next}`;
        parts.push(`$ kplugin ${args.join(' ')}\n${talk}${stdout}${after}[exit ${code}]\n`);
      }
      return steady(parts.join('\n'));
    },
  };
}

/** A stand-in for eKuiper on loopback that answers reads; with a token it wants that one. Resolves to host:port. */
export async function fakeEkuiper(token: string | null = null): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.end('{"version":"2.4.0","os":"linux","arch":"amd64","upTimeSeconds":1}');
    } else if (token !== null && request.headers.authorization !== token) {
      const words =
        'validate token error: token signature is invalid: crypto/rsa: verification error';
      response.writeHead(401).end(request.headers.authorization ? words : 'missing_token');
    } else response.end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server has a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
