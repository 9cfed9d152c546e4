import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rawPlugin } from '../e2e/bad-input/raw-plugin.ts';
import { makeZip, type ZipEntrySpec } from '../fixtures/make-zip.ts';

/** How a version of the plugin behaves. */
export type Manner =
  | 'good'
  | 'dies'
  | 'dies after the handshake'
  | 'hangs'
  | 'has another name'
  | 'lies about its symbols'
  | 'starts slowly';

/** What each does, in the language of the plugin by hand; `die` notes nothing, so that eKuiper has to notice. */
const SCRIPTS: Readonly<Record<Manner, string>> = {
  good: 'run();',
  dies: "console.error('no model'); process.exit(3);",
  'dies after the handshake': 'run(); setTimeout(() => process.exit(4), 50);',
  hangs: 'stay();',
  'has another name':
    "dial('/tmp/plugin_' + NAME + '_other.ipc', () => {}).write(request('handshake')); stay();",
  'lies about its symbols':
    "const start = ask.command; ask.command = (command, socket) => command.arg.symbolName.endsWith('_lie') ? socket.write(request('no function ' + command.arg.symbolName)) : start(command, socket); run();",
  'starts slowly': 'setTimeout(run, 1500);',
};

/** Writes the package of a version into the folder and names it; all but the version and the manner is the same. */
export function writeVersion(
  folder: string,
  name: string,
  version: string,
  manner: Manner = 'good',
): string {
  const functions = [functionOf(name)];
  if (manner === 'lies about its symbols') functions.push(`${name}_lie`);
  const manifest = { version, language: 'go', executable: 'run', functions };
  const file = `${name}-${version}.zip`;
  const entries: ZipEntrySpec[] = [
    { name: `${name}.json`, text: JSON.stringify(manifest) },
    ...rawPlugin(name, program(version, manner)).filter((entry) => entry.name === 'run'),
  ];
  writeFileSync(path.join(folder, file), makeZip(entries));
  return file;
}

/** The function that answers with the version. */
export function functionOf(name: string): string {
  return `${name}_fn`;
}

/** Whoever gives the function this ends the plugin. */
export const CRASH = 'end at once';

/** A host that is killed cannot end its plugins; nothing may be left of a test. */
const END_WITH_THE_HOST =
  'const PARENT = process.ppid; setInterval(() => process.ppid === PARENT || process.exit(), 200);';

function program(version: string, manner: Manner): string {
  return `
${END_WITH_THE_HOST}
const VERSION = ${JSON.stringify(version)};
const call = ask.result;
ask.result = (asked) => {
  if (JSON.stringify(asked).includes(${JSON.stringify(CRASH)})) process.exit(9);
  return asked.func === 'Exec' ? { state: true, result: VERSION } : call(asked);
};
${SCRIPTS[manner]}`;
}
