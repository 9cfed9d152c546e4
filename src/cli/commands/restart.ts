import { defineCommand } from '../command.ts';
import { HOST_FLAGS } from '../host-flags.ts';

export const restart = defineCommand({
  name: 'restart',
  group: 'Deploy',
  summary: 'start a plugin again, for example one that crashed',
  details:
    'eKuiper never starts a plugin again by itself, and rules go on saying "running". Registering its package once more does,\n' +
    'and that is what this command does; rows flow again at once.',
  args: [{ name: 'plugin', summary: 'the name of the plugin', required: true }],
  flags: HOST_FLAGS,
  examples: [{ command: 'kplugin restart pysam --host edge1', does: 'a new process runs' }],
});
