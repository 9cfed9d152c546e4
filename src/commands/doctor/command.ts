import { defineCommand } from '../../cli/command.ts';
import { CONNECTION_FLAGS, HOSTS_FLAGS, READ_OUT_FLAGS } from '../../cli/host-flags.ts';
import { TARGET_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'doctor',
  group: 'Learn',
  summary: 'Check this machine, the plugin here and hosts, and say what to do',
  details:
    'Each line says ok, warning, error or skipped, and what to do. Without a host only this machine and the plugin are\n' +
    'looked at. It only reads; --write also tries what changes the host for a moment: a small file among its uploads,\n' +
    'and two installations that must fail and show two of its settings.\n' +
    'It runs no program of the folder that it looks at: a clone may bring a Python or a go.mod that runs what somebody\n' +
    "else wrote. Of the project's own .venv it reads the files; --python .venv/bin/python also starts it. Programs on the\n" +
    'PATH (Python, Go, conda) are asked for their version from outside the folder, with a plain environment;\n' +
    'KPLUGIN_PYTHON counts where it names one outside the folder.\n' +
    'Exit code 0 without errors; else 3 when the host has one, 1 when the plugin has, 2 when this machine has.',
  args: [
    {
      name: 'dir',
      summary: 'the directory of a plugin (default: current directory, if it is one)',
    },
  ],
  flags: {
    host: HOSTS_FLAGS.host,
    group: HOSTS_FLAGS.group,
    ...READ_OUT_FLAGS,
    timeout: {
      kind: 'value',
      value: 'duration',
      summary: 'how long an answer may take: 5s, 1m (15s)',
    },
    ...CONNECTION_FLAGS,
    ...TARGET_FLAG,
    python: {
      kind: 'value',
      value: 'path',
      summary: 'also start this Python and ask what it has installed; it may be one of the project',
      env: 'by-command',
    },
    write: {
      kind: 'switch',
      summary: 'also try what changes the host for a moment',
      env: false,
    },
  },
  examples: [
    { command: 'kplugin doctor', does: 'this machine, and the plugin here' },
    {
      command: 'kplugin doctor --host edge1',
      does: 'that host as well: version, plugins, clock …',
    },
    { command: 'kplugin doctor --group edge', does: 'every host of a group as well' },
    { command: 'kplugin doctor my-plugin --target 2.0', does: 'a plugin meant for eKuiper 2.0' },
  ],
});
