import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, READ_OUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'diff',
  group: 'Deploy',
  summary: 'Compare two plugins: directories, packages or hosts',
  details:
    'With one argument, that is compared with what each host has: "what would installing it change?"\n' +
    'A directory counts as pack would pack it (it is not built first), a zip is never unpacked anywhere.\n' +
    'What is no path, no .zip and no URL of one is a host; a path wins, so write edge1:9081 beside a folder edge1.\n' +
    'A host reports the symbols, the configuration in use and the rules, not the files: whether their content is the\n' +
    'same can be told where kplugin installed it, by the digest in the name of the upload.\n' +
    'Values that look like secrets (password, token …) are shown as ***.\n' +
    'Exit codes: 0 the same, 1 different or not known to be the same, 2 usage, 3 the host.',
  args: [
    {
      name: 'a',
      summary:
        'a directory, a package (.zip), its http(s) URL, or a host (default: current directory)',
    },
    {
      name: 'b',
      summary: 'the same; default: the plugin of that name on the hosts, which then come first',
    },
  ],
  flags: {
    stat: {
      kind: 'switch',
      env: false,
      summary: 'what changed, without the lines that changed in the files',
    },
    plugin: {
      kind: 'value',
      value: 'name',
      env: false,
      summary: 'with two hosts: only this plugin',
    },
    ...HOSTS_FLAGS,
    ...READ_OUT_FLAGS,
  },
  examples: [
    { command: 'kplugin diff pysam-1.0.0.zip pysam-1.1.0.zip', does: 'between two packages' },
    { command: 'kplugin diff pysam-1.0.0.zip .', does: 'what is new in the project since' },
    { command: 'kplugin diff . --host edge1', does: 'what installing it would change there' },
    { command: 'kplugin diff . --group edge', does: 'the same for every host of a group' },
    { command: 'kplugin diff edge1 edge2 --stat', does: 'whether two hosts have the same plugins' },
  ],
});
