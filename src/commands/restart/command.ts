import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, PLUGIN_ARGUMENT, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'restart',
  group: 'Deploy',
  summary: 'Restart a plugin, for example one that crashed',
  details:
    'eKuiper never restarts a plugin by itself, and its rules still report "running". This command registers the package\n' +
    'again, which starts the plugin; rows flow again at once. It needs the package among the uploads of the host.\n' +
    'Several hosts: first the canaries, then --parallel at a time, as kplugin install does it.',
  args: [PLUGIN_ARGUMENT],
  flags: { ...HOSTS_FLAGS, ...ROLLOUT_FLAGS },
  examples: [
    { command: 'kplugin restart pysam --host edge1', does: 'a new process runs' },
    {
      command: 'kplugin restart pysam --group edge --parallel 4',
      does: 'on many hosts, one of them first',
    },
  ],
});
