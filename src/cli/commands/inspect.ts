import { defineCommand } from '../command.ts';

export const inspect = defineCommand({
  name: 'inspect',
  group: 'Package',
  summary: 'what a package holds: identity, symbols, files, digests, findings',
  args: [],
  flags: {},
  examples: [
    {
      command: 'kplugin inspect',
      does: 'what a package holds: identity, symbols, files, digests, findings',
    },
  ],
});
