import { defineCommand } from '../command.ts';

export const explain = defineCommand({
  name: 'explain',
  group: 'Learn',
  summary: 'what a rule means, why, and how to mend it',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin explain', does: 'what a rule means, why, and how to mend it' }],
});
