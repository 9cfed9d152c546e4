import { defineCommand } from '../../cli/command.ts';

export const explain = defineCommand({
  name: 'explain',
  group: 'Learn',
  summary: 'Explain a rule, an error or a message of eKuiper',
  details: 'Without a rule it lists all of them by group, with their severity.',
  args: [
    {
      name: 'rule',
      summary: 'the id in brackets after a finding, or the code of an error; none lists all rules',
    },
  ],
  flags: {},
  examples: [
    { command: 'kplugin explain yaml-key-case', does: 'why a key arrives in lower case' },
    {
      command: 'kplugin explain host-refused-no-handshake',
      does: 'the code of an error: what eKuiper said, and why',
    },
    { command: 'kplugin explain', does: 'every rule by group' },
  ],
});
