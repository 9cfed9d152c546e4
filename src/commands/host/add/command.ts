import { defineCommand } from '../../../cli/command.ts';
import { KEPT_FLAGS } from '../../../cli/host-flags.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host add',
  topic: host,
  group: 'Deploy',
  summary: 'Add a host under a name',
  details:
    'Only the paths of token, key and certificates are kept, never what is in them. Nothing is asked of the host:\n' +
    'kplugin host test does that.',
  args: [
    { name: 'name', summary: 'letters, digits, "-" and "_"', required: true },
    {
      name: 'address',
      summary: 'edge1, edge1:9081, http://…, https://proxy/base/path (port 9081, https 443)',
      required: true,
    },
  ],
  flags: {
    ...KEPT_FLAGS,
    group: {
      kind: 'list',
      value: 'group',
      env: false,
      summary: 'a group it belongs to, for install --group',
    },
    force: { kind: 'switch', env: false, summary: 'replace the host that has that name' },
  },
  examples: [
    { command: 'kplugin host add edge1 192.0.2.1:9081', does: 'an eKuiper that asks for nothing' },
    {
      command:
        'kplugin host add edge1 https://proxy/edge1 --group north --key-file ~/.config/kplugin/keys/edge1.pem',
      does: 'behind a proxy with a path, with tokens signed by kplugin',
    },
    {
      command: 'kplugin host add edge1 https://edge1 --ca-file ca.pem --token-file edge1.jwt',
      does: 'a company CA, and a token that comes from elsewhere',
    },
  ],
});
