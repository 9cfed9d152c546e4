import { defineCommand } from '../command.ts';

export const describe = defineCommand({
  name: 'describe',
  group: 'Deploy',
  summary: 'one plugin of a host',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin describe', does: 'one plugin of a host' }],
});
