import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, PLUGIN_ARGUMENT, READ_OUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'status',
  group: 'Deploy',
  summary: 'Show whether a plugin runs, what its state means, and the rules that use it',
  details:
    'Exit code 0 when it runs (on eKuiper 1.x: when it is registered, more cannot be known), 3 when it does not.\n' +
    'eKuiper says "running" as long as the process lives, also when its functions no longer answer:\n' +
    'the rules that use it show that, and their newest exception is printed.',
  args: [PLUGIN_ARGUMENT],
  flags: { ...HOSTS_FLAGS, ...READ_OUT_FLAGS },
  examples: [
    { command: 'kplugin status pysam --host edge1', does: 'exit code 0 when it runs, 3 when not' },
    {
      command: 'kplugin status pysam --group edge',
      does: 'a line for each host; exit code 0 when it runs on all of them',
    },
  ],
});
