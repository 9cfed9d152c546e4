import type { Flags } from './command.ts';

/** The flags of every command that talks to a host. */
export const HOST_FLAGS = {
  host: {
    kind: 'value',
    value: 'address',
    summary: 'the eKuiper: edge1, edge1:9081, http://…, https://proxy/base (port 9081, https 443)',
  },
  timeout: {
    kind: 'value',
    value: 'duration',
    summary:
      'how long an answer may take: 90s, 5m (15s to read, 90s to install, 5m with install.sh)',
  },
} as const satisfies Flags;
