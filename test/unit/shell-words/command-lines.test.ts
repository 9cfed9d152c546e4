import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { allCommands } from '../../../src/commands/table.ts';
import { ROOT } from '../../bin/run.ts';
import { brokenLines, runs } from './command-lines.ts';

const COMMANDS = await allCommands();

/** Sentences about kplugin and its commands that begin a text; nobody copies them. */
const SENTENCES: ReadonlySet<string> = new Set([
  'emulator/http/answer.ts: kplugin serve runs plugins only: streams, rules and metadata need an eKuiper',
  'emulator/http/page-guard.ts: kplugin serve does not answer web pages of other origins',
  'emulator/http/page-guard.ts: kplugin serve does not answer to this name, which a web page may have made to lead here (DNS rebinding); ',
  'emulator/runtime/unpack/package-zip.ts: kplugin serve refuses the zip: ‹x›',
  'emulator/runtime/unpack/package-zip.ts: kplugin serve refuses the zip: it would unpack to ‹x› bytes',
  'emulator/runtime/unpack/place.ts: kplugin serve refuses the entry ‹x›…: with its home in front the path has more than ',
  'emulator/runtime/unpack/place.ts: kplugin serve refuses the entry ‹x›: it leads out of its home. ',
  'package/ignore/verdict.ts: kplugin test --junit wrote it, and no plugin needs it',
  'emulator/symbol-server.ts: kplugin serve failed, which is a bug in it: ‹x›',
  'doctor/host/checks/package-ways.ts: kplugin doctor was here',
  'lint/rules/package/bad-entry-name.ts: kplugin pack refuses it: ‹x›. eKuiper on Linux would take it',
  // A flag with its value, or nothing.
  'commands/host/keygen/run.ts: kplugin host add ‹x› <address> ‹x›',
]);

it('a line that begins with a command is that command to its end', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const broken = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      brokenLines(readFileSync(path.join(ROOT, 'src', file), 'utf8'), COMMANDS).map(
        (line) => `${file}: ${line}`,
      ),
    );
  expect(broken.filter((one) => !SENTENCES.has(one))).toEqual([]);
  expect([...SENTENCES].filter((one) => !broken.includes(one))).toEqual([]);
});

it.each([
  ['kplugin pack', true],
  ['kplugin pack --from <zip> -o fixed/', true],
  ['kplugin pack --from x.zip packs it anew', false],
  ['kplugin pack writes it; -o names another one', false],
  ['kplugin validate . --target 2.0', true],
  ['kplugin validate shows the place', false],
  ['kplugin test . <a part of its name> runs one alone', false],
  ['kplugin test <dir>', true],
  ['kplugin host use <name>, or kplugin host use --none', false],
  ['kplugin install x.zip --host edge1 (and say yes)', false],
  ['kplugin install x.zip --no-such-flag', false],
  ['(what fixes it: kplugin pack)', true],
  ['fix it with kplugin pack, or leave it', true],
  ['chmod 600 key.pem', true],
  ['chmod 600 key.pem, then run it again', false],
  ["curl 'http://a/b; c' -d x", true],
  ['go on until it ends, or not', true],
])('%s', (line, is) => {
  expect(runs(line, COMMANDS)).toBe(is);
});
