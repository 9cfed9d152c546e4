'use strict';

const { readFileSync, writeSync } = require('node:fs');
const path = require('node:path');

/** As src/model/error.ts has it for bugs. */
const BUG = 70;
const ROOT = path.join(__dirname, '..');
/** V8 quotes the line of a syntax error, and a line of the bundle is long. */
const LONGEST_LINE = 300;

/**
 * Answers for a kplugin whose own files cannot be loaded, in the words and the form that it has for its bugs: it uses
 * nothing but Node, and package.json if that can be read. What stands behind the name of the command may be secret.
 */
function notStarted(thrown, argv) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { version = 'of an unknown version', bugs } = packageJson();
  const address = bugs ? bugs.url : 'the kplugin project';
  const [command = null] = argv.filter((word) => /^[a-z]+$/.test(word)).slice(0, 1);
  const stack = (error.stack || error.message).split('\n').map(shown);
  const message = `kplugin could not be started: ${shown(error.message.split('\n')[0])}`;
  const reason = `files of kplugin are damaged or missing in ${shown(ROOT)}, or this is a bug in kplugin`;
  const hint =
    'install it again (npm install -g kplugin; in a checkout npm ci); ' +
    `if that does not help, report it at ${address} with version, command and stack`;
  const platform = `${process.platform} ${process.arch}`;
  if (argv.includes('--json')) {
    const words = command === null ? [] : [command];
    const report = { address, version, node: process.version, platform, command: words, stack };
    const failure = { code: 'not-started', message, reason, hint, findings: [], data: { report } };
    print(1, JSON.stringify({ ok: false, command, data: null, error: failure }));
  } else {
    const lines = [
      `error: ${message}`,
      `  why  ${reason}`,
      `  fix  ${hint}`,
      '',
      `Report this at ${address}`,
      `kplugin ${version}, Node ${process.version}, ${platform}`,
      `command: kplugin ${command === null ? '' : `${command} `}...`,
      ...stack,
    ];
    print(2, lines.join('\n'));
  }
  process.exitCode = BUG;
}

function packageJson() {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}

/** Without what a terminal would obey or hide, and not longer than people read. */
function shown(line) {
  const visible = line.replace(/\p{C}/gu, '?');
  return visible.length > LONGEST_LINE ? `${visible.slice(0, LONGEST_LINE)}...` : visible;
}

function print(descriptor, text) {
  try {
    writeSync(descriptor, `${text}\n`);
  } catch {
    // Nobody reads it: the exit code says the same.
  }
}

module.exports = { notStarted };
