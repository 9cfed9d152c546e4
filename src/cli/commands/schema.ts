import { defineCommand } from '../command.ts';

export const schema = defineCommand({
  name: 'schema',
  group: 'Learn',
  summary: 'print or write the JSON Schemas',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin schema', does: 'print or write the JSON Schemas' }],
});
