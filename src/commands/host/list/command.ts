import { defineCommand } from '../../../cli/command.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host list',
  topic: host,
  group: 'Deploy',
  summary: 'List the hosts that were added',
  args: [],
  flags: {},
  examples: [
    { command: 'kplugin host list', does: 'names, addresses, what proves who asks, groups' },
    { command: 'kplugin host list --json', does: 'the same for programs' },
  ],
});
