import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';

/**
 * What every script below may use: the wire by hand, byte by byte, so that it can also be done wrong.
 * `NAME` is the plugin's; `ask` holds what the host may ask, with good manners that a script can take away.
 */
const PRELUDE = `
const net = require('node:net');
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const HELLO = Buffer.from([0, 0x53, 0x50, 0, 0, 0x30, 0, 0]);
const CONTROL = '/tmp/plugin_' + NAME + '.ipc';
const ID = Buffer.from([0x80, 0, 0, 1]);
const stay = () => setInterval(() => {}, 1e6);
const note = (name, text) => fs.writeFileSync(path.join(process.env.SERVING, name), String(text));

function header(length) {
  const bytes = Buffer.alloc(9);
  bytes[0] = 1;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** A whole request, ready for the socket. */
function request(text) {
  const body = Buffer.concat([ID, Buffer.from(text)]);
  return Buffer.concat([header(body.length), body]);
}

/** Dials, says hello, and calls back with the text of each message. */
function dial(file, onMessage) {
  const socket = net.connect(file);
  socket.write(HELLO);
  let rest = Buffer.alloc(0);
  let greeted = false;
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    if (!greeted && rest.length >= 8) { greeted = true; rest = rest.subarray(8); }
    while (greeted && rest.length >= 9) {
      const end = 9 + Number(rest.readBigUInt64BE(1));
      if (rest.length < end) return;
      const text = rest.subarray(13, end).toString();
      rest = rest.subarray(end);
      onMessage(text, socket);
    }
  });
  return socket;
}

const ask = {
  /** The answer to start or stop. */
  command: (command, socket) => {
    if (command.cmd === 'start' && command.arg.pluginType === 'func') ask.startFunction(command.arg.symbolName);
    socket.write(request('ok'));
  },
  /** The answer to a question to a function. */
  call: (call, socket) => socket.write(request(JSON.stringify(ask.result(call)))),
  result: ({ func, arg }) =>
    func === 'Exec' ? { state: true, result: arg[0] } : { state: true, result: func === 'Validate' ? '' : false },
  startFunction: (symbol) => {
    const socket = dial('/tmp/func_' + symbol + '.ipc', (text, from) => ask.call(JSON.parse(text), from));
    socket.write(request('handshake'));
  },
};

/** A plugin with good manners. */
function run() {
  const socket = dial(CONTROL, (text, from) => {
    const { cmd, arg } = JSON.parse(text);
    ask.command({ cmd, arg: JSON.parse(arg) }, from);
  });
  socket.write(request('handshake'));
  stay();
}
`;

/** As much as eKuiper wants to know of a source. */
const ABOUT = JSON.stringify({
  about: { author: {}, description: {} },
  properties: { default: [] },
});

/** A plugin for `language: "go"` that speaks the wire by hand: `script` runs after the prelude. */
export function rawPlugin(name: string, script = 'run();'): ZipEntrySpec[] {
  const info = {
    version: '1.0.0',
    language: 'go',
    executable: 'run',
    sources: [`${name}_source`],
    sinks: [`${name}_sink`],
    functions: [`${name}_fn`],
  };
  const text = `#!/usr/bin/env node\nconst NAME = '${name}';\n${PRELUDE}\n${script}\n`;
  return [
    { name: `${name}.json`, text: JSON.stringify(info) },
    { name: 'run', mode: '755', text },
    { name: 'sources/', dir: true },
    { name: `sources/${name}_source.json`, text: ABOUT },
    { name: `sources/${name}_source.yaml`, text: 'default: {}\n' },
  ];
}
