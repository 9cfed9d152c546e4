import { defineCommand } from '../../cli/command.ts';
import { DRY_RUN_FLAGS, HOSTS_FLAGS, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'prune',
  group: 'Deploy',
  summary: 'Remove uploads of kplugin that no release needs',
  details:
    'Kept: what a plugin is registered with, the version before it (the rollback target), and all of a plugin whose\n' +
    'change was interrupted. Of a plugin that is gone everything that kplugin uploaded is removed, its record too.\n' +
    'Files that kplugin did not upload are never touched. It shows what it would remove, and asks; --yes answers.\n' +
    'eKuiper does not report the size of uploads: sizes are those that kplugin has recorded.',
  args: [{ name: 'plugin', summary: 'only the uploads of this plugin (default: of all)' }],
  flags: {
    ...HOSTS_FLAGS,
    ...ROLLOUT_FLAGS,
    ...DRY_RUN_FLAGS,
  },
  examples: [
    { command: 'kplugin prune --host edge1 --dry-run', does: 'what no release needs' },
    { command: 'kplugin prune pysam --host edge1', does: 'asks, and removes those of one plugin' },
    { command: 'kplugin prune --group edge --yes', does: 'on many hosts, without a question' },
  ],
});
