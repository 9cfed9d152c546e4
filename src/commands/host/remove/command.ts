import { defineCommand } from '../../../cli/command.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host remove',
  topic: host,
  group: 'Deploy',
  summary: 'Forget hosts; their keys and the hosts themselves stay as they are',
  args: [{ name: 'name', summary: 'hosts that were added', required: true, variadic: true }],
  flags: {},
  examples: [{ command: 'kplugin host remove edge1', does: 'its keys stay where they are' }],
});
