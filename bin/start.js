'use strict';

const { readFileSync } = require('node:fs');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { outputIsClosed } = require('./closed-output.js');
const { enableCompileCache } = require('./compile-cache.js');

const readJson = (file) => JSON.parse(readFileSync(path.join(__dirname, '..', file), 'utf8'));

/** The help text that is asked for, or undefined: `kplugin`, `kplugin --help`, `kplugin pack -h`. */
function helpAskedFor(argv) {
  const [last] = argv.slice(-1);
  if (argv.length > 0 && last !== '--help' && last !== '-h') return undefined;
  const pages = readJson('dist/help.json');
  const asked = argv.slice(0, -1).join(' ');
  return Object.hasOwn(pages, asked) ? pages[asked] : undefined;
}

/** Version and help are answered before anything is loaded: people and scripts ask for them often. */
function start(argv) {
  // Before anything is done: a result that nobody can get is no reason to change a host.
  if (outputIsClosed()) return closed();
  const { version } = readJson('package.json');
  const isVersion = argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
  const answer = isVersion ? `${version}\n` : helpAskedFor(argv);
  if (answer !== undefined) {
    process.stdout.on('error', unwritable);
    // Nobody can be told: the exit code says it.
    process.stderr.on('error', () => {});
    process.stdout.write(answer);
    return;
  }
  // By itself V8 collects garbage when it is several times what is in use; with this at 1.6 times of it. A package of
  // 60,000 files then takes 260 MB in place of 360, and no more time.
  setFlagsFromString('--heap-growing-percent=60');
  // undici parses HTTP in WebAssembly. With V8's baseline compiler alone for that, `list` of one host takes 0.17 s of CPU
  // in place of 0.26 (Node 20; 0.12 in place of 0.19 on 22), and a download of 400 MB takes no longer.
  setFlagsFromString('--liftoff-only');
  enableCompileCache();
  const { main } = require('../dist/kplugin.cjs');
  main(argv, version).then(
    (code) => {
      // One that is set already is that of an output that could not be written.
      process.exitCode = code || process.exitCode;
    },
    (error) => fail(error, argv),
  );
}

function closed() {
  process.stderr.write(
    'error: the output cannot be written\n' +
      '  why  standard output was closed when kplugin was started; nothing was done\n' +
      '  fix  leave out >&-; > /dev/null discards the output\n',
  );
  process.exitCode = 2;
}

/** With the words of src/cli/report.ts: a reader that goes away is no failure. */
function unwritable({ code, message }) {
  if (code === 'EPIPE') return;
  const fix = 'check where it is redirected to, for example whether the disk is full';
  process.stderr.write(
    `error: the output could not be written\n  why  ${message}\n  fix  ${fix}\n`,
  );
  process.exitCode = 2;
}

function fail(error, argv) {
  require('./not-started.js').notStarted(error, argv);
}

const argv = process.argv.slice(2);
try {
  start(argv);
} catch (error) {
  fail(error, argv);
}
