import { defineCommand } from '../command.ts';

export const serve = defineCommand({
  name: 'serve',
  group: 'Deploy',
  summary: 'an embedded host to install to, without an eKuiper',
  args: [],
  flags: {},
  examples: [
    { command: 'kplugin serve', does: 'an embedded host to install to, without an eKuiper' },
  ],
});
