import { defineCommand } from '../command.ts';

export const list = defineCommand({
  name: 'list',
  group: 'Deploy',
  summary: 'the plugins of a host',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin list', does: 'the plugins of a host' }],
});
