import { beforeAll, expect, test } from 'vitest';
import { describeOnUnix } from '../../toolchain/require.ts';
import { Hosting } from './hosting.ts';
import { rawPlugin } from './raw-plugin.ts';

const INIT_MS = 5000;

/** Durations differ from run to run, and the plugin's name stands in its socket; the words do not. */
function words(lines: readonly string[], name: string): string[] {
  return lines.map((line) =>
    line
      .replace(/^\S.*(\/run control handshake error)/, '…$1')
      .replaceAll(name, 'NAME')
      .replace(/\d+ (ms|s)\b/g, '#'),
  );
}

const TIMED_OUT = '…/run control handshake error: receive time out';
const CONNECTED = 'kplugin: the process connected to /tmp/plugin_NAME.ipc';
const SILENT = ['It printed nothing.'];
const RAW = `const socket = net.connect(CONTROL).on('error', () => {});`;

/** What the plugin does, its script, and what is said about it after eKuiper's own words. */
const CASES: readonly (readonly [title: string, script: string, said: readonly string[]])[] = [
  [
    'never dials',
    `stay();`,
    [
      'kplugin: the process runs but never connected to /tmp/plugin_NAME.ipc; ended after #. Is the name in its PluginConfig (Go: runtime.Start) just "NAME"?',
      ...SILENT,
    ],
  ],
  [
    'dials and closes',
    `dial(CONTROL, () => {}).end(); stay();`,
    [`${CONNECTED} but sent no handshake; ended after #`, ...SILENT],
  ],
  [
    'dials, says nothing and stays',
    `dial(CONTROL, () => {}); console.log('waiting'); stay();`,
    [`${CONNECTED} but sent no handshake; ended after #`, 'Its last words:', '  waiting'],
  ],
  [
    'says something else',
    `dial(CONTROL, () => {}).write(request('good day')); stay();`,
    [`${CONNECTED} but sent no handshake; ended after #`, ...SILENT],
  ],
  [
    'talks another protocol',
    `${RAW} socket.write('GET / HTTP/1.1'); stay();`,
    [
      `${CONNECTED}, but what it sent is not the protocol: the peer does not speak the Scalability Protocols; ended after #`,
      ...SILENT,
    ],
  ],
  [
    'speaks as another kind of socket',
    `${RAW} socket.write(Buffer.from([0, 0x53, 0x50, 0, 0, 0x50, 0, 0])); stay();`,
    [
      `${CONNECTED}, but what it sent is not the protocol: the peer speaks protocol 0x50; ended after #`,
      ...SILENT,
    ],
  ],
  [
    'sends garbage after its hello',
    `dial(CONTROL, () => {}).write('zzzzzzzzzzzzzzzz'); stay();`,
    [
      `${CONNECTED}, but what it sent is not the protocol: frame type 122 where a message should start; ended after #`,
      ...SILENT,
    ],
  ],
  [
    'claims a frame of 2^60 bytes',
    `const socket = dial(CONTROL, () => {}); socket.write(header(2n ** 60n)); socket.write(Buffer.alloc(1e6)); stay();`,
    [
      `${CONNECTED}, but what it sent is not the protocol: a message of 1152921504606846976 bytes, more than the 4294967295 accepted; ended after #`,
      ...SILENT,
    ],
  ],
  [
    'dies',
    `console.error('cannot open the database'); process.exit(7);`,
    [
      'kplugin: the process ended after #, before its handshake (exit status 7)',
      'Its last words:',
      '  cannot open the database',
    ],
  ],
  [
    'ends well',
    `process.exit(0);`,
    ['kplugin: the process ended after #, before its handshake (exit status 0)', ...SILENT],
  ],
  [
    'is killed',
    `process.kill(process.pid, 'SIGSEGV'); stay();`,
    [
      'kplugin: the process ended after #, before its handshake (signal: segmentation fault)',
      ...SILENT,
    ],
  ],
];

/** Tries one in a host of its own, beside a plugin with good manners; what the refusal says. */
async function attempt(number: number, script: string): Promise<readonly string[]> {
  const prefix = `bihs${number}`;
  const name = `${prefix}_bad`;
  const hosting = await Hosting.open(prefix, { initTimeoutMs: INIT_MS });
  try {
    const refused = await hosting.refusal(hosting.install(name, rawPlugin(name, script)));
    expect(hosting.host.describe(name)).toBeNull();
    return words(refused, name);
  } finally {
    await hosting.end();
  }
}

describeOnUnix('a plugin that does not shake hands is refused with the reason', () => {
  let said: readonly (readonly string[])[] = [];

  beforeAll(async () => {
    // At the same time: most of them are waited for until the time is over.
    said = await Promise.all(CASES.map(([, script], number) => attempt(number, script)));
  });

  test.each(CASES.map(([title, , expected], number) => ({ title, expected, number })))(
    '$title',
    ({ expected, number }) => {
      expect(said[number]).toEqual([TIMED_OUT, ...expected]);
    },
  );
});
