import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  name: 'add',
  group: 'Write',
  summary: 'Add a source, sink or function to a project',
  args: [
    { name: 'kind', summary: 'source, sink or function', required: true },
    { name: 'symbol', summary: 'its name in eKuiper', required: true },
  ],
  flags: {
    dir: { kind: 'value', value: 'dir', summary: 'the project (default: current directory)' },
    author: {
      kind: 'value',
      value: 'author',
      summary: 'as in "Jane Doe <jane@example.com>"; default: that of the other symbols',
    },
    description: { kind: 'value', value: 'text', summary: 'what the plugin does, in one line' },
    dryRun: { kind: 'switch', env: false, summary: 'show what would be done, write nothing' },
  },
  examples: [
    { command: 'kplugin add sink ledger', does: 'code, test, symbol file, manifest, main program' },
    {
      command: 'kplugin add function to_kwh --dir plugins/meter',
      does: 'the same in another folder',
    },
  ],
  details: [
    'Everything that is already there stays as you wrote it: the manifest and the main program get the new lines,',
    'no file is replaced. Where the registration in the main program has a shape that kplugin does not know, it',
    'writes the rest and says which lines to add. Either everything is written or nothing.',
  ].join('\n'),
});
