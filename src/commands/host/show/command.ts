import { defineCommand } from '../../../cli/command.ts';
import { CONNECTION_FLAGS } from '../../../cli/host-flags.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host show',
  topic: host,
  group: 'Deploy',
  summary: 'Show the settings of a host, and where each comes from',
  args: [{ name: 'name', summary: 'a host that was added, or an address', required: true }],
  flags: CONNECTION_FLAGS,
  examples: [{ command: 'kplugin host show edge1', does: 'address, token, certificates, proxy' }],
});
