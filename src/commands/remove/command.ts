import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, PLUGIN_ARGUMENT, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'remove',
  group: 'Deploy',
  summary: 'Remove a plugin from a host; shows first which rules use it',
  details:
    'Without --force a plugin that rules use is not removed: they are shown, with what they use (found in their SQL, actions, streams and graphs).\n' +
    'It asks before it removes anything; --yes answers. Packages that kplugin uploaded stay on the host without --prune.\n' +
    'Several hosts: it asks once. Hosts without the plugin are left alone, so the same command continues after an interruption.\n' +
    'Where an interrupted update left the host without the plugin, this ends that update: list and doctor no longer report it.',
  args: [PLUGIN_ARGUMENT],
  flags: {
    ...HOSTS_FLAGS,
    ...ROLLOUT_FLAGS,
    force: {
      kind: 'switch',
      summary: 'ignore the rules that use it; they keep reporting running and do nothing',
      env: false,
    },
    prune: {
      kind: 'switch',
      summary: "also kplugin's uploads of it, and its record of them",
      env: false,
    },
  },
  examples: [
    {
      command: 'kplugin remove pysam --host edge1',
      does: 'asks, and removes it; refuses if rules use it',
    },
    { command: 'kplugin remove pysam --host edge1 --yes', does: 'without a question, for scripts' },
    {
      command: 'kplugin remove pysam --host edge1 --force --prune',
      does: 'even if rules use it; also removes the packages that kplugin uploaded',
    },
    {
      command: 'kplugin remove pysam --group edge --max-failures 5',
      does: 'from many hosts, one of them first',
    },
  ],
});
