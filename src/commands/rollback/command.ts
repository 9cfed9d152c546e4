import { defineCommand } from '../../cli/command.ts';
import { DRY_RUN_FLAGS, HOSTS_FLAGS, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'rollback',
  group: 'Deploy',
  summary: 'Go back to the previous version, or to a named one',
  details:
    'The package of the older version is still on the host, so nothing is uploaded. When it does not run, the present one is restored.\n' +
    'Without a name: the only plugin that kplugin installed there; where there are several, they are listed.\n' +
    'Several hosts: in the order of kplugin install. With --to, hosts that already run that version are left alone. Without\n' +
    'it each host goes to its own previous version; a second run would go forward again on the hosts that are done.',
  args: [{ name: 'plugin', summary: 'the name of the plugin' }],
  flags: {
    ...HOSTS_FLAGS,
    ...ROLLOUT_FLAGS,
    to: {
      kind: 'value',
      value: 'version',
      summary: 'a version, or the first digits of a digest, as kplugin history shows them',
      env: false,
    },
    ...DRY_RUN_FLAGS,
  },
  examples: [
    { command: 'kplugin rollback pysam --host edge1', does: 'the version before runs again' },
    { command: 'kplugin rollback pysam --host edge1 --dry-run', does: 'what that would do' },
    { command: 'kplugin rollback pysam --to 1.0.0 --host edge1', does: 'that version runs again' },
    {
      command: 'kplugin rollback pysam --to 1.0.0 --group edge --canary 2',
      does: 'on many hosts, two of them first',
    },
  ],
});
