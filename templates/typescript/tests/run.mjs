// Bundles the unit tests with esbuild and runs them with Node's own test runner: it needs no other
// package, and works alike with every Node from 20 on.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const OUT = path.join('build', 'tests');

rmSync(OUT, { recursive: true, force: true });
const names = readdirSync('tests').filter((name) => name.endsWith('.test.ts'));
buildSync({
  entryPoints: names.map((name) => path.join('tests', name)),
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const files = names.map((name) => path.join(OUT, name.replace(/\.ts$/, '.js')));
const options = ['--enable-source-maps', '--test', '--test-reporter=spec'];
const { status } = spawnSync(process.execPath, [...options, ...files], { stdio: 'inherit' });
process.exitCode = status ?? 1;
