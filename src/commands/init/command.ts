import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  name: 'init',
  group: 'Write',
  summary: 'Create a plugin project that works at once',
  args: [{ name: 'dir', summary: 'the folder of the project (default: current directory)' }],
  flags: {
    name: { kind: 'value', value: 'name', summary: "the plugin's name; default: the folder's" },
    language: {
      kind: 'choice',
      choices: ['python', 'go', 'typescript'],
      summary: 'what the plugin is written in',
    },
    source: { kind: 'list', value: 'name', summary: 'a source: brings rows into eKuiper' },
    sink: { kind: 'list', value: 'name', summary: 'a sink: takes rows out of eKuiper' },
    function: { kind: 'list', value: 'name', summary: 'a function: can be called in SQL' },
    pluginVersion: {
      kind: 'value',
      value: 'version',
      summary: "the plugin's first version; default: 0.1.0",
    },
    author: { kind: 'value', value: 'author', summary: 'as in "Jane Doe <jane@example.com>"' },
    description: { kind: 'value', value: 'text', summary: 'what the plugin does, in one line' },
    sdk: {
      kind: 'value',
      value: 'spec',
      summary: 'what npm installs as kplugin (TypeScript only); default: the one that runs',
    },
    force: {
      kind: 'switch',
      env: false,
      summary: 'also in a folder that is not empty; asks before it replaces a file',
    },
    dryRun: { kind: 'switch', env: false, summary: 'show what would be written, write nothing' },
  },
  examples: [
    { command: 'kplugin init', does: 'asks for everything' },
    {
      command: 'kplugin init meter --language python --source meter --function to_kwh',
      does: 'a Python plugin with a source and a function',
    },
    {
      command: 'kplugin init meter --language go --sink ledger --yes',
      does: 'a Go plugin; takes the defaults for the rest without asking',
    },
    {
      command: 'kplugin init meter --language typescript --function to_kwh',
      does: 'a TypeScript plugin, which needs nothing but Node',
    },
  ],
  details: [
    'In a terminal init asks for what no flag answers. Elsewhere, and with --yes, name, version, author and',
    'description have defaults; --language and at least one symbol are never guessed.',
    'A folder counts as empty when it holds nothing but .git. Either everything is written or nothing.',
  ].join('\n'),
});
