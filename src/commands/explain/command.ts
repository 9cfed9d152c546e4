import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  name: 'explain',
  group: 'Learn',
  summary: 'Explain a rule, an error or a message of eKuiper',
  details:
    'Without an argument it lists all rules by group, with their severity. Errors have a code: --verbose and --json\n' +
    'show it. Findings in case files and the lines of doctor have ids too (--json).',
  args: [
    {
      name: 'rule|code|message',
      summary:
        'the id behind a finding, the code of an error, or words of eKuiper; none lists all rules',
    },
  ],
  flags: {},
  examples: [
    { command: 'kplugin explain yaml-key-case', does: 'why a key arrives in lower case' },
    { command: 'kplugin explain missing-host', does: 'the code of an error: why, and what to do' },
    { command: 'kplugin explain "receive time out"', does: 'what eKuiper said, and why' },
    { command: 'kplugin explain', does: 'every rule by group' },
  ],
});
