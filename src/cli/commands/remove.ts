import { defineCommand } from '../command.ts';
import { HOST_FLAGS } from '../host-flags.ts';

export const remove = defineCommand({
  name: 'remove',
  group: 'Deploy',
  summary: 'remove a plugin from a host, after a look at the rules that use it',
  details:
    'It asks before it removes anything; --yes answers. The uploaded package stays on the host.',
  args: [{ name: 'plugin', summary: 'the name of the plugin', required: true }],
  flags: HOST_FLAGS,
  examples: [
    {
      command: 'kplugin remove pysam --host edge1',
      does: 'shows the rules that use it, asks, removes',
    },
    { command: 'kplugin remove pysam --host edge1 --yes', does: 'without a question, for scripts' },
  ],
});
