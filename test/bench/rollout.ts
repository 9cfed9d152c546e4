import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BIN, kplugin } from '../bin/run.ts';
import { writeProject } from '../e2e/deploy/project.ts';
import { MemoryWatch } from './memory.ts';
import { benchProgram } from './plugins.ts';
import type { HostsReady } from './rollout-hosts.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const HOSTS = 200;
const RUNS = 5;
const PARALLEL = 16;
const RATIO = 1.5;
const MEMORY = 200;
const LARGE = 50_000_000;
const NAME = 'kpbroll';

const folder = mkdtempSync(path.join(tmpdir(), 'kpbench-rollout-'));
try {
  await besideCurl(await packageOf('small', 0));
  await memoryOf(await packageOf('large', LARGE));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The wall time of a rollout against `curl`, upload and POST, once for each host by `xargs`. */
async function besideCurl(zip: string): Promise<void> {
  await withHosts('embedded', ({ addresses, control }) => {
    const before = (): void => void spawnSync('curl', ['-sf', control]);
    const ours: Candidate = {
      name: `install on ${HOSTS} embedded hosts`,
      command: command(zip, addresses),
      before,
    };
    const script = `p=$(curl -sf -F uploadFile=@${zip} http://$0/config/uploads) && curl -sf -o /dev/null -d '{"name":"${NAME}","file":"file://'"$p"'"}' http://$0/plugins/portables`;
    const list = path.join(folder, 'hosts');
    writeFileSync(list, `${addresses.join('\n')}\n`);
    const theirs: Candidate = {
      name: `curl by xargs -P${PARALLEL}`,
      command: ['xargs', '-a', list, `-P${PARALLEL}`, '-n1', 'sh', '-c', script],
      before,
    };
    console.log(ratioLine(ours, theirs, sideBySide(ours, theirs, RUNS), RATIO));
  });
}

/** The most memory that a rollout of a large package takes (Linux); 200 uploads of it go over the loopback. */
async function memoryOf(zip: string): Promise<void> {
  await withHosts('draining', async ({ addresses }) => {
    const [program, ...args] = command(zip, addresses);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const watch = new MemoryWatch(child.pid ?? 0);
    const [code] = await once(child, 'exit');
    const peak = watch.end() / 2 ** 20;
    if (code !== 0) throw new Error(`the rollout ended with ${code}`);
    const verdict = peak <= MEMORY ? 'within' : 'MISSED';
    console.log(
      `${LARGE / 1e6} MB to ${HOSTS} draining hosts: at most ${peak.toFixed(0)} MiB, goal ≤ ${MEMORY}: ${verdict}`,
    );
  });
}

function command(zip: string, addresses: readonly string[]): Candidate['command'] {
  const hosts = addresses.flatMap((address) => ['--host', address]);
  return [process.execPath, BIN, 'install', zip, '--parallel', String(PARALLEL), ...hosts];
}

/** A package; `filling`: bytes that no compression makes less. */
async function packageOf(name: string, filling: number): Promise<string> {
  const root = await writeProject(path.join(folder, name), { name: NAME, version: '1.0.0' });
  if (filling > 0) writeFileSync(path.join(root, 'model.bin'), randomBytes(filling));
  const zip = path.join(folder, `${name}.zip`);
  const { code, stderr } = await kplugin(['pack', root, '-o', zip]);
  if (code !== 0) throw new Error(stderr);
  return zip;
}

async function withHosts(
  kind: string,
  use: (hosts: HostsReady) => void | Promise<void>,
): Promise<void> {
  const program = await benchProgram('rollout-hosts');
  const child = spawn(process.execPath, [program, kind, String(HOSTS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the hosts ended with ${code}`)));
    });
    // The line that rollout-hosts prints.
    await use(JSON.parse(line) as HostsReady);
  } finally {
    child.stdin.end();
  }
}
