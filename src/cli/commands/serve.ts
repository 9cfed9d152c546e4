import { defineCommand } from '../command.ts';
import { TARGET_FLAG } from '../target-flag.ts';

export const serve = defineCommand({
  name: 'serve',
  group: 'Deploy',
  summary: 'an embedded host to install to, without an eKuiper',
  details:
    'It unpacks, starts and removes plugins as eKuiper does and answers with its words; when a plugin\n' +
    'dies before its handshake it says so at once, with what the plugin printed last.\n' +
    'Streams and rules are not part of it. Ctrl-C ends it and everything that it started.\n' +
    'Whoever reaches the address can run programs on this machine: keep it on 127.0.0.1.',
  args: [],
  flags: {
    listen: {
      kind: 'value',
      value: 'ip:port',
      summary: 'where to listen; port 0 takes any free one',
      default: '127.0.0.1:9081',
    },
    target: { ...TARGET_FLAG.target, summary: 'the eKuiper to behave like (2.4, 2.3.1, …)' },
    home: {
      kind: 'value',
      value: 'dir',
      summary: 'where plugins and uploads lie, kept over restarts (default: a temporary folder)',
    },
    initTimeout: {
      kind: 'value',
      value: 'duration',
      summary: "how long to wait for a plugin's handshake: 500ms, 10s, 1m",
      default: '60s',
    },
    python: {
      kind: 'value',
      value: 'path',
      summary: 'the Python that starts plugins (default: python3 or python on the PATH)',
    },
  },
  examples: [
    { command: 'kplugin serve', does: 'listens on 127.0.0.1:9081 until Ctrl-C' },
    {
      command: 'kplugin serve --target 2.1 --home ./host',
      does: 'behaves as eKuiper 2.1 and keeps its plugins in ./host',
    },
    {
      command: 'kplugin serve --python .venv/bin/python',
      does: 'starts Python plugins with the SDK of a virtual environment',
    },
  ],
});
