import { defineCommand } from '../../cli/command.ts';
import { HOSTS_FLAGS, READ_OUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'list',
  group: 'Deploy',
  summary: 'List the plugins of a host, their state and the rules that use them',
  details:
    'A dead plugin is one whose process has ended: eKuiper never starts it again by itself, kplugin restart does.\n' +
    'RULES counts the rules that use it; in trouble are those that throw because of it, or are down.\n' +
    'eKuiper 1.x does not tell whether a plugin runs; there it says "registered".',
  args: [],
  flags: { ...HOSTS_FLAGS, ...READ_OUT_FLAGS },
  examples: [
    { command: 'kplugin list --host edge1', does: 'name, version, symbols and state of each' },
    { command: 'kplugin list --group edge', does: 'the plugins of many hosts in one table' },
    { command: 'kplugin list --host edge1 --json', does: 'the same for programs' },
  ],
});
