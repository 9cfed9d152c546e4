import { expect, test } from 'vitest';
import { withoutDryRun } from '../../../src/fleet/rollout-outcome.ts';

test.each<[readonly string[], string]>([
  [
    ['install', '.', '--group', 'edge', '--dry-run', '--parallel', '4'],
    'kplugin install . --group edge --parallel 4',
  ],
  [
    ['rollback', "it's; $(rm x)", '--dry-run', '--host', 'a b'],
    "kplugin rollback 'it'\\''s; $(rm x)' --host 'a b'",
  ],
  [['rollback', 'p', '--shell-para', '', '--dry-run'], "kplugin rollback p --shell-para ''"],
  [['rollback', '--dry-run', '--', '--dry-run'], 'kplugin rollback -- --dry-run'],
  [['install', '.', '--group', 'edge'], 'env -u KPLUGIN_DRY_RUN kplugin install . --group edge'],
  [['install', 'https://u:secret@x/p.zip?t=1', '--dry-run'], 'kplugin install <url>'],
  [
    ['install', '.', '--header', 'X-Key: hunter2', '--header=X-B:hunter3', '--dry-run'],
    "kplugin install . --header 'X-Key: <value>' --header='X-B: <value>'",
  ],
  [['install', 'https://x/p.zip', '--dry-run'], 'kplugin install https://x/p.zip'],
])('%j', (argv, command) => {
  expect(withoutDryRun({ argv })).toBe(command);
});
