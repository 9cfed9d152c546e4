import { defineCommand } from '../command.ts';
import { HOST_FLAGS } from '../host-flags.ts';

export const describe = defineCommand({
  name: 'describe',
  group: 'Deploy',
  summary: 'all a host tells about one plugin',
  args: [{ name: 'plugin', summary: 'the name of the plugin', required: true }],
  flags: HOST_FLAGS,
  examples: [
    {
      command: 'kplugin describe pysam --host edge1',
      does: 'version, symbols, state, the rules that use it and by what, and the package it came from',
    },
  ],
});
