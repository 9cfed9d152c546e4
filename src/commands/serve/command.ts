import { defineCommand } from '../../cli/command.ts';
import { ALLOW_HOST_FLAG, PLUGIN_ENV_FLAG, TARGET_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'serve',
  group: 'Deploy',
  summary: 'Run plugins without an eKuiper, to try them and to install to',
  details:
    'This runs code of the plugins: the build of a project, install.sh and the plugin itself.\n' +
    'Plugins and install.sh see PATH, HOME, locale and their like, and what --env names; on a box eKuiper\n' +
    'passes its whole environment on, so there a plugin sees what eKuiper was started with.\n' +
    'Requests of web pages are refused: a Host header that is not an address, localhost or the name of this machine needs --allow-host.\n' +
    'Plugins are unpacked, started, called and removed as in eKuiper, with the messages of eKuiper; one that exits\n' +
    'before its handshake is reported at once, with the last lines that it printed. The log is on stderr; for a\n' +
    'fast symbol it has one line per second, with the rate.\n' +
    '\n' +
    "The symbol API (--symbols) is that of eKuiper's own plugin test server, and more; GET / on it lists it:\n" +
    '  curl http://127.0.0.1:33333/symbol/start -d \'{"symbolName":"random","pluginType":"source"}\'\n' +
    '  curl http://127.0.0.1:33333/functions/echo -d \'["hello"]\'\n' +
    '  curl http://127.0.0.1:33333/sinks/file -d \'[{"a":1}]\'\n' +
    "  curl -X POST 'http://127.0.0.1:33333/sources/random?messages=3'\n" +
    '  curl http://127.0.0.1:33333/symbols          what runs: counts, rates, last rows, errors\n' +
    '  curl -N http://127.0.0.1:33333/events        every row, call and line of the log as it happens\n' +
    'It has no streams and no rules.\n' +
    '\n' +
    'With --json stdout has one envelope, printed when serve is ready. Programs read /events; a program that reads\n' +
    'slowly loses events and does not delay the plugins.\n' +
    'Ctrl-C ends it and everything that it started. Whoever reaches its addresses can run programs on this\n' +
    'machine: keep them on 127.0.0.1.',
  args: [
    {
      name: 'plugin',
      summary: 'directories of projects and packages (.zip) to pack, install and start',
      variadic: true,
    },
  ],
  flags: {
    noSpawn: {
      kind: 'switch',
      summary:
        'start nothing: say what to type, and wait for plugins started by hand or in a debugger',
    },
    listen: {
      kind: 'value',
      value: 'ip:port',
      summary: "eKuiper's plugin API; port 0 takes any free one",
      default: '127.0.0.1:9081',
    },
    symbols: {
      kind: 'value',
      value: 'ip:port',
      summary:
        'the symbol API, or off (default 127.0.0.1:33333; any free port when --listen asks for one)',
    },
    target: { ...TARGET_FLAG.target, summary: 'the eKuiper to behave like (2.4, 2.3.1, …)' },
    home: {
      kind: 'value',
      value: 'dir',
      summary:
        'where plugins and uploads are kept, also over restarts (default: a temporary folder)',
    },
    python: {
      kind: 'value',
      value: 'path',
      summary:
        "the Python that starts plugins (default: the project's .venv, else VIRTUAL_ENV, CONDA_PREFIX, PATH)",
    },
    ...PLUGIN_ENV_FLAG,
    ...ALLOW_HOST_FLAG,
    initTimeout: {
      kind: 'value',
      value: 'duration',
      summary:
        "how long to wait for a plugin's handshake (default: as eKuiper is shipped, 60s; 5s for --target 1.14)",
    },
    commandTimeout: {
      kind: 'value',
      value: 'duration',
      summary: "for a plugin's answer to start and stop; eKuiper waits an hour",
      default: '10s',
    },
    sendTimeout: {
      kind: 'value',
      value: 'duration',
      summary: 'for a sink or a function to take what it is sent',
      default: '1s',
    },
    receiveTimeout: {
      kind: 'value',
      value: 'duration',
      summary: "for a function's result and a sink's acknowledgement",
      default: '5s',
    },
  },
  examples: [
    { command: 'kplugin serve my-plugin', does: 'packs, installs and starts it; Ctrl-C ends it' },
    {
      command: 'kplugin serve --no-spawn my-plugin',
      does: 'says how to start it by hand or in a debugger, and waits for it',
    },
    { command: 'kplugin serve', does: 'an empty host on 127.0.0.1:9081 to install to' },
    {
      command: 'kplugin serve --target 2.1 --home ./host',
      does: 'behaves as eKuiper 2.1 and keeps its plugins in ./host',
    },
  ],
});
