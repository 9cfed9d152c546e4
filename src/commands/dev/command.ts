import { defineCommand } from '../../cli/command.ts';
import { command as serve } from '../serve/command.ts';
import { command as test } from '../test/command.ts';

const {
  listen,
  symbols,
  target,
  env,
  allowHost,
  python,
  initTimeout,
  commandTimeout,
  sendTimeout,
  receiveTimeout,
} = serve.flags;

const { symbol, parallel, timeout } = test.flags;

export const command = defineCommand({
  name: 'dev',
  group: 'Write',
  summary: 'Run a project while you write it: build, restart and test after each change',
  details:
    'This runs code of the project: its build, its install.sh, the plugin and the setup of its cases.\n' +
    'It is "serve" for one project that watches its files. After a change it validates, builds, packs and\n' +
    'starts the plugin anew, with everything that was started through the symbol API, and runs the cases in\n' +
    'tests/: first those that failed the last time, all of them when these pass. Each change is one line:\n' +
    '  12:01:07 changed main.py · running after 0.4 s · 12 passed\n' +
    'Only what is needed is done: other cases need no new process, and a file that was touched needs nothing.\n' +
    'A project with errors is not packed; the previous one runs until they are fixed.\n' +
    'Enter does everything again, Ctrl-C ends it and everything that it started.\n' +
    '\n' +
    'With --json stdout has one envelope when it listens and one for each change.',
  args: [
    { name: 'dir', summary: 'the project (default: current directory)' },
    { name: 'pattern', summary: 'run only cases with this in their name', variadic: true },
  ],
  flags: {
    symbol: { ...symbol, summary: 'run only cases of this symbol' },
    noTest: { kind: 'switch', summary: 'run no cases' },
    watchFile: {
      kind: 'list',
      value: 'file',
      summary: 'watch only this file: the one that your own build writes last',
    },
    poll: {
      kind: 'switch',
      summary:
        'check the files twice a second, for network or container mounts that report no changes',
    },
    parallel,
    timeout,
    listen,
    symbols,
    target,
    env,
    allowHost,
    python,
    initTimeout,
    commandTimeout,
    sendTimeout,
    receiveTimeout,
  },
  examples: [
    { command: 'kplugin dev', does: 'runs and watches the project in this folder' },
    {
      command: 'kplugin dev my-plugin reverses',
      does: 'runs only cases with "reverses" in their name',
    },
    {
      command: 'kplugin dev --watch-file dist/.built',
      does: 'waits for a build of your own that writes dist/.built at its end',
    },
  ],
});
