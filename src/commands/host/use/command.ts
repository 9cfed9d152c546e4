import { defineCommand } from '../../../cli/command.ts';
import { host } from '../topic.ts';

export const command = defineCommand({
  name: 'host use',
  topic: host,
  group: 'Deploy',
  summary: 'Choose the host for commands that name none',
  details:
    'Commands say on stderr when they use it. --host and KPLUGIN_HOST take precedence over it.',
  args: [{ name: 'name', summary: 'a host that was added' }],
  flags: {
    none: { kind: 'switch', env: false, summary: 'no host any more: each command has to name one' },
  },
  examples: [
    { command: 'kplugin host use edge1', does: 'from now on kplugin list asks edge1' },
    { command: 'kplugin host use --none', does: 'back to naming it every time' },
  ],
});
