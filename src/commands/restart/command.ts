import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, PLUGIN_ARGUMENT, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'restart',
  group: 'Deploy',
  summary: 'Restart a plugin, for example one that crashed',
  details:
    'When a plugin crashes, eKuiper starts it again at the earliest when a rule starts one of its sources or sinks (1.14:\n' +
    'sources). Rules that use only its functions stay without rows, and still report "running". This command registers\n' +
    'the package again, which starts a new process. The package must still be among the uploads of the host.\n' +
    'Several hosts: first the canaries, then --parallel hosts at a time, as kplugin install does.',
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
