#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `error: kplugin needs Node 20.19 or newer; this is ${process.versions.node}\n`,
  );
  process.exit(2);
}

const here = (file) => new URL(`../${file}`, import.meta.url);
const readJson = (file) => JSON.parse(readFileSync(here(file), 'utf8'));

/** The help text that is asked for, or undefined: `kplugin`, `kplugin --help`, `kplugin pack -h`. */
function helpAskedFor(argv) {
  const [last] = argv.slice(-1);
  if (argv.length > 0 && last !== '--help' && last !== '-h') return undefined;
  return readJson('dist/help.json')[argv.slice(0, -1).join(' ')];
}

const { version } = readJson('package.json');
const argv = process.argv.slice(2);
// Version and help are answered before anything is loaded: people and scripts ask for them often.
const isVersion = argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
const answer = isVersion ? `${version}\n` : helpAskedFor(argv);

if (answer !== undefined) {
  process.stdout.write(answer);
} else {
  const { loadBundle } = await import('./load-bundle.js');
  const { main } = loadBundle().exports;
  process.exitCode = await main(argv, version);
}
