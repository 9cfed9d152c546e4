import { defineCommand } from '../command.ts';

export const init = defineCommand({
  name: 'init',
  group: 'Write',
  summary: 'a new plugin project that works at once',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin init', does: 'a new plugin project that works at once' }],
});
