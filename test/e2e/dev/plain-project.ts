import type { Tree } from '../../fixtures/tree.ts';
import { rawPlugin } from '../bad-input/raw-plugin.ts';

/**
 * A project in plain Node that starts at once and needs no build. Function `<name>_fn` answers with what `answer.js` and
 * `more.js` say and with its process id (to "wait" only when there is a file `$SERVING/gate`, to "die" never), source `<name>_source`
 * sends the same and says in `$SERVING/stopped` that it was stopped; each process notes its id in `$SERVING/starts`.
 */
export function plainProject(name: string, { cases = true } = {}): Tree {
  const entries = rawPlugin(name, SCRIPT).filter(({ dir }) => dir !== true);
  const files = entries.map(({ name: path, text = '', mode }) => [
    path,
    mode === undefined ? text : { text, mode: Number.parseInt(mode, 8) },
  ]);
  return {
    ...Object.fromEntries(files),
    ...manifestOf(name),
    'answer.js': answerFile('a'),
    'more.js': answerFile(1),
    ...(cases ? { 'tests/cases.yaml': casesFor(name, 'a1') } : {}),
  };
}

/** The file that holds the manifest, and a sound one. */
export const manifestOf = (name: string, executable = 'run'): Tree => ({
  [`${name}.json`]: JSON.stringify({
    version: '1.0.0',
    language: 'go',
    executable,
    sources: [`${name}_source`],
    functions: [`${name}_fn`],
  }),
});

/** What `answer.js` or `more.js` holds. */
export const answerFile = (answer: string | number): string => `module.exports = '${answer}';\n`;

/** Two cases that say what is to be answered, and one that passes in any case. */
export function casesFor(name: string, answer: string): string {
  return `cases:
  - { name: first, function: ${name}_fn, args: [1], result: { answer: ${answer} } }
  - { name: second, function: ${name}_fn, args: [2], result: { answer: ${answer} } }
  - { name: third, function: ${name}_fn, args: [3], result: { arg: 3 } }
`;
}

const SCRIPT = `
const answer = require('./answer.js') + require('./more.js');
fs.appendFileSync(path.join(process.env.SERVING, 'starts'), process.pid + '\\n');

function openGate(then) {
  const look = setInterval(() => {
    if (!fs.existsSync(path.join(process.env.SERVING, 'gate'))) return;
    clearInterval(look);
    then();
  }, 5);
}

const answerCall = ask.call;
ask.call = (call, socket) => {
  const reply = () => answerCall(call, socket);
  if (call.func === 'Exec' && call.arg[0] === 'die') process.exit(7);
  if (call.func !== 'Exec' || call.arg[0] !== 'wait') return reply();
  note('waiting', process.pid);
  openGate(reply);
};
ask.result = ({ func, arg }) => {
  if (func !== 'Exec') return { state: true, result: func === 'Validate' ? '' : false };
  return { state: true, result: { answer, pid: process.pid, arg: arg[0] } };
};

const PUSH = Buffer.from([0, 0x53, 0x50, 0, 0, 0x50, 0, 0]);
const row = Buffer.from(JSON.stringify({ message: { answer, pid: process.pid }, meta: null }));
const message = Buffer.concat([header(row.length), row]);
const sources = new Map();
const placeOf = ({ ruleId, opId, instanceId }) => '/tmp/' + [ruleId, opId, instanceId].join('_') + '.ipc';

function startSource(place) {
  const socket = net.connect(place);
  socket.on('error', () => {});
  socket.write(PUSH);
  const timer = setInterval(() => socket.write(message), 20);
  sources.set(place, () => { clearInterval(timer); socket.destroy(); });
}

const answerCommand = ask.command;
ask.command = (command, socket) => {
  if (command.arg.pluginType === 'source') {
    const place = placeOf(command.arg.meta);
    if (command.cmd === 'start') startSource(place);
    else sources.get(place)?.();
    if (command.cmd === 'stop') note('stopped', process.pid);
  }
  answerCommand(command, socket);
};
run();
`;
