import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, PLUGIN_ARGUMENT, READ_OUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'describe',
  group: 'Deploy',
  summary: 'Show everything a host reports about a plugin',
  args: [PLUGIN_ARGUMENT],
  flags: { ...HOSTS_FLAGS, ...READ_OUT_FLAGS },
  examples: [
    {
      command: 'kplugin describe pysam --host edge1',
      does: 'version, symbols, state, the rules that use it and by what, and the package it came from',
    },
    {
      command: 'kplugin describe pysam --group edge',
      does: 'the same on every host of a group',
    },
  ],
});
