import { defineCommand } from '../command.ts';

export const explain = defineCommand({
  name: 'explain',
  group: 'Learn',
  summary: 'what a rule means, what eKuiper does, a bad and a good example',
  details: 'Without a rule it lists all of them by group, with their severity.',
  args: [{ name: 'rule', summary: 'the id in brackets after a finding; none lists all rules' }],
  flags: {},
  examples: [
    { command: 'kplugin explain yaml-key-case', does: 'why a key arrives in lower case' },
    { command: 'kplugin explain', does: 'every rule by group' },
  ],
});
