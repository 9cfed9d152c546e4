import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, READ_OUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'history',
  group: 'Deploy',
  summary: 'Show what kplugin installed on a host, and what rollback can go back to',
  details:
    'It is kept on the host itself, beside the packages: any machine shows the same.\n' +
    'The newest two packages of a plugin stay on the host; "pruned" ones are gone, "failed" ones never ran.',
  args: [{ name: 'plugin', summary: 'the name of the plugin; default: every one' }],
  flags: { ...HOSTS_FLAGS, ...READ_OUT_FLAGS },
  examples: [
    { command: 'kplugin history --host edge1', does: 'every plugin that kplugin put there' },
    { command: 'kplugin history pysam --host edge1 --host edge2', does: 'of two hosts' },
    { command: 'kplugin history pysam --host edge1 --json', does: 'for programs' },
  ],
});
