import { defineCommand } from '../command.ts';

export const install = defineCommand({
  name: 'install',
  group: 'Deploy',
  summary: 'pack if needed, upload, register, wait until it runs',
  args: [],
  flags: {},
  examples: [
    { command: 'kplugin install', does: 'pack if needed, upload, register, wait until it runs' },
  ],
});
