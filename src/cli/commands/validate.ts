import { defineCommand } from '../command.ts';

export const validate = defineCommand({
  name: 'validate',
  group: 'Check',
  summary: 'every finding of a project or package in one pass',
  args: [],
  flags: {},
  examples: [
    { command: 'kplugin validate', does: 'every finding of a project or package in one pass' },
  ],
});
