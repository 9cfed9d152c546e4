import { defineCommand } from '../command.ts';

export const pack = defineCommand({
  name: 'pack',
  group: 'Package',
  summary: 'the zip, in the layout eKuiper needs',
  args: [],
  flags: {},
  examples: [{ command: 'kplugin pack', does: 'the zip, in the layout eKuiper needs' }],
});
