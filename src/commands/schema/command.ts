import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  name: 'schema',
  group: 'Learn',
  summary: 'Print or write the JSON Schemas that editors check with',
  details:
    'Kinds: manifest, source, sink, function (the symbol files), source-config (the YAML of a source) and\n' +
    'cases (what kplugin test runs). Without a kind they are listed. The schemas are draft-07, as VS Code, JetBrains and ajv read them.',
  args: [
    {
      name: 'kind',
      summary: 'manifest, source, sink, function, source-config, cases or hosts; none lists them',
    },
  ],
  flags: {
    out: {
      kind: 'value',
      value: 'dir',
      env: false,
      summary: 'write the schema, or without a kind all of them, into this directory',
    },
  },
  examples: [
    { command: 'kplugin schema source', does: 'the schema of sources/<name>.json on stdout' },
    { command: 'kplugin schema --out .vscode/schemas', does: 'all of them for an editor' },
  ],
});
