import { defineCommand } from '../command.ts';

export const add = defineCommand({
  name: 'add',
  group: 'Write',
  summary: 'another source, sink or function for the project',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin add', does: 'another source, sink or function for the project' }],
});
