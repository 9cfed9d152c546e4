import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { cached, makeCached } from '../toolchain/cache.ts';
import { buildGo } from '../toolchain/go.ts';
import { goSdk, useGoSdk } from '../toolchain/go-sdk.ts';
import { sdkPython } from '../toolchain/python.ts';

/** One of the plugins of test/fixtures/bench-plugins, ready to start. */
export interface BenchPlugin {
  /** With its SDK, for people. */
  readonly title: string;
  readonly name: string;
  readonly language: 'go' | 'python';
  readonly executable: string;
  /** What runs a Python plugin. */
  readonly python: string;
}

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The plugin with eKuiper's Go SDK, or with the stand-in (its title says which). Throws ToolchainMissing. */
export async function goBenchPlugin(): Promise<BenchPlugin> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kpbench-'));
  try {
    cpSync(path.join(FIXTURES, 'bench-plugins', 'go'), folder, { recursive: true });
    await useGoSdk(folder);
    const executable = await buildGo(folder, 'kpbenchgo');
    const title = goSdk().startsWith(FIXTURES) ? 'Go (stand-in SDK)' : 'Go (real SDK)';
    return { title, name: 'kpbenchgo', language: 'go', executable, python: '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plugin with eKuiper's Python SDK. Throws ToolchainMissing. */
export async function pythonBenchPlugin(): Promise<BenchPlugin> {
  const python = await sdkPython();
  const executable = path.join(FIXTURES, 'bench-plugins', 'python', 'main.py');
  return { title: 'Python', name: 'kpbenchpy', language: 'python', executable, python };
}

/** The plugin with `kplugin/sdk`, bundled into one executable file as `build` does it. */
export async function typescriptBenchPlugin(): Promise<BenchPlugin> {
  const executable = cached('bench', 'kpbenchts.mjs');
  await bundle(path.join(FIXTURES, 'bench-plugins', 'typescript', 'main.ts'), executable);
  return { title: 'TypeScript', name: 'kpbenchts', language: 'go', executable, python: '' };
}

/** A plugin with many symbols, for the tests under load: the path of its executable. */
export async function loadPlugin(): Promise<string> {
  const executable = cached('bench', 'kpload.mjs');
  await bundle(path.join(FIXTURES, 'bench-plugins', 'typescript', 'load.ts'), executable);
  return executable;
}

/** The minimal host in Go. Throws ToolchainMissing. */
export function goHost(): Promise<string> {
  return buildGo(path.join(FIXTURES, 'go-host'), 'go-host');
}

/** A program of this folder as one file, since tsx would be measured too. */
export async function benchProgram(name: string): Promise<string> {
  const outfile = cached('bench', `${name}.mjs`);
  await bundle(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), outfile);
  return outfile;
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await makeCached(outfile, async (temporary) => {
    await build({ ...BUNDLE, entryPoints: [entry], outfile: temporary });
    chmodSync(temporary, 0o755);
  });
}

const BUNDLE: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Packages in CommonJS that got into the bundle ask for Node's own modules with require.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'error',
};
