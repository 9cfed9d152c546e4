import { defineCommand } from '../command.ts';

export const status = defineCommand({
  name: 'status',
  group: 'Deploy',
  summary: 'whether a plugin runs',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin status', does: 'whether a plugin runs' }],
});
