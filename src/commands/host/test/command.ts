import { defineCommand } from '../../../cli/command.ts';
import { CONNECTION_FLAGS, HOST_FLAGS } from '../../../cli/host-flags.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host test',
  topic: host,
  group: 'Deploy',
  summary: 'Check whether hosts answer and accept kplugin',
  details:
    'Nothing is changed on them. The exit code is 3 when one of them does not answer as it should.',
  args: [
    { name: 'name', summary: 'hosts that were added, or addresses; default: all', variadic: true },
  ],
  flags: {
    timeout: HOST_FLAGS.timeout,
    group: {
      kind: 'list',
      value: 'group',
      env: false,
      summary: 'every host of that group',
    },
    ...CONNECTION_FLAGS,
  },
  examples: [
    { command: 'kplugin host test', does: 'all of them, a line for each' },
    { command: 'kplugin host test edge1 edge2', does: 'these two' },
  ],
});
