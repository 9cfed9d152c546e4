import { defineCommand } from '../../../cli/command.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host keygen',
  topic: host,
  group: 'Deploy',
  summary: 'Create a key pair for tokens, and show where eKuiper expects the public key',
  details:
    'The private key (<name>.pem) stays here, readable by you alone. The public key (<name>.pub) goes to the host;\n' +
    'eKuiper looks it up at every request, so it needs no restart for a new key.',
  args: [{ name: 'name', summary: 'what both files are called', required: true }],
  flags: {
    out: {
      kind: 'value',
      value: 'dir',
      env: false,
      summary: 'where they go; default: keys/ in the folder of hosts.json',
    },
    bits: {
      kind: 'choice',
      choices: ['2048', '3072', '4096'],
      default: '3072',
      env: false,
      summary: 'the length of the RSA key',
    },
    force: { kind: 'switch', env: false, summary: 'replace the files that are there' },
  },
  examples: [
    {
      command: 'kplugin host keygen edge1',
      does: 'edge1.pem and edge1.pub in the folder of hosts.json',
    },
    { command: 'kplugin host keygen ci --out secrets', does: 'into a folder of your own' },
  ],
});
