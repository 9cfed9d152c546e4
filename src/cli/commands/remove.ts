import { defineCommand } from '../command.ts';

export const remove = defineCommand({
  name: 'remove',
  group: 'Deploy',
  summary: 'remove a plugin from a host',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin remove', does: 'remove a plugin from a host' }],
});
