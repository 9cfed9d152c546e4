import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { PluginHost } from '../../../src/emulator/host/host.ts';
import type { HostEvent } from '../../../src/emulator/runtime/symbol-contract.ts';
import type { Target } from '../../../src/model/target.ts';

export const NAME = 'kpsdke2e';

const MANIFEST = {
  version: '1.0.0',
  language: 'go',
  executable: NAME,
  sources: ['kpsdk_ticker', 'kpsdk_careless', 'kpsdk_failing', 'kpsdk_crashing'],
  sinks: ['kpsdk_writer'],
  functions: ['kpsdk_reverse', 'kpsdk_double', 'kpsdk_shout', 'kpsdk_sum'],
};

/**
 * The plugin as one executable file without an extension, as `kplugin build` makes it. `prefix` stands for `kpsdk` in
 * its name and in those of its symbols, and so in its sockets in /tmp.
 */
export async function bundlePlugin(outfile: string, prefix = 'kpsdk'): Promise<void> {
  const sourcefile = 'test/fixtures/sdk-plugin/main.ts';
  const contents = readFileSync(sourcefile, 'utf8').replaceAll('kpsdk', prefix);
  await build({
    stdin: { contents, sourcefile, resolveDir: path.dirname(sourcefile), loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'error',
  });
}

export interface Hosted {
  readonly host: PluginHost;
  readonly events: HostEvent[];
  readonly root: string;
  /** Everything the plugin has printed. */
  printed(): string;
}

/** An embedded host with the plugin installed and running; both end with the test. */
export async function hosted(target: Target = '2.4'): Promise<Hosted> {
  const root = mkdtempSync(path.join(tmpdir(), 'kpsdk-home-'));
  const events: HostEvent[] = [];
  const host = new PluginHost({
    root,
    target,
    python: 'python',
    initTimeoutMs: 20_000,
    now: () => performance.now(),
    socketFolder: '/tmp',
    machine: { platform: process.platform, architecture: process.arch },
    env: process.env,
    onEvent: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await host.close();
    rmSync(root, { recursive: true, force: true });
  });
  const folder = path.join(host.home.plugins, NAME);
  mkdirSync(folder, { recursive: true });
  const executable = path.join(folder, NAME);
  await bundlePlugin(executable);
  writeFileSync(path.join(folder, `${NAME}.json`), JSON.stringify(MANIFEST));
  chmodSync(executable, 0o755);
  await host.open();
  await host.boot();
  const printed = () =>
    events.flatMap((event) => (event.kind === 'output' ? [event.line] : [])).join('\n');
  return { host, events, root, printed };
}
