import type { Argument, Flags } from './command.ts';

/** The argument for the name of a plugin on a host. */
export const PLUGIN_ARGUMENT = {
  name: 'plugin',
  summary: 'the name of the plugin',
  required: true,
  missing: 'kplugin list --host <host>\n(shows which plugins a host has)',
} as const satisfies Argument;

/**
 * Flags for authentication and TLS. They are `by-command`, because their precedence over the environment and hosts.json
 * is decided for all of them together (src/hosts/layers.ts).
 */
export const CONNECTION_FLAGS = {
  tokenFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: 'a file (chmod 600) with the token that eKuiper wants; safer than KPLUGIN_TOKEN',
  },
  keyFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: 'a private RSA key (PEM): kplugin signs tokens with it',
  },
  issuer: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: "the public key's file in eKuiper's etc/mgmt (edge1.pem: edge1.pub)",
  },
  audience: {
    kind: 'value',
    value: 'text',
    env: 'by-command',
    summary: 'the audience of signed tokens, if it is not eKuiper',
  },
  header: {
    kind: 'list',
    value: 'Name: value',
    commas: false,
    env: false,
    summary:
      'send this header too, for a gateway in front; others can read what is typed: --header-file',
  },
  headerFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: 'a file (chmod 600) with such headers, a line each: Name: value',
  },
  caFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: "trust this CA (PEM) instead of the system's",
  },
  certFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: 'the client certificate (PEM), for hosts that want one',
  },
  certKeyFile: {
    kind: 'value',
    value: 'file',
    env: 'by-command',
    summary: 'its private key (PEM)',
  },
} as const satisfies Flags;

/** The flags of every command that connects to a host. */
export const HOST_FLAGS = {
  host: {
    kind: 'list',
    value: 'host',
    repeatable: false,
    env: 'by-command',
    summary:
      'the eKuiper: a name (kplugin host list), edge1:9081, http://…, https://proxy/base (port 9081, https 443)',
  },
  timeout: {
    kind: 'value',
    value: 'duration',
    summary:
      'how long an answer may take: 90s, 5m (15s to read, 90s to install, 5m with install.sh or to download)',
  },
  retries: {
    kind: 'value',
    value: 'number',
    default: '3',
    summary: 'how often to repeat a read or upload after a network failure; 0: never',
  },
  ...CONNECTION_FLAGS,
} as const satisfies Flags;

/** The flags of commands that accept several hosts. */
export const HOSTS_FLAGS = {
  ...HOST_FLAGS,
  host: { ...HOST_FLAGS.host, repeatable: true },
  group: {
    kind: 'list',
    value: 'group',
    env: 'by-command',
    summary: 'every host of that group (kplugin host add --group)',
  },
} as const satisfies Flags;

/** The flags for a change of several hosts. */
export const ROLLOUT_FLAGS = {
  parallel: {
    kind: 'value',
    value: 'number',
    default: '8',
    summary: 'with several hosts: how many at a time',
  },
  canary: {
    kind: 'value',
    value: 'number',
    default: '1',
    summary: 'hosts to update first, one at a time; abort if one fails',
  },
  maxFailures: {
    kind: 'value',
    value: 'number',
    default: '0',
    summary: 'failed hosts tolerated before aborting, unreachable ones included',
  },
} as const satisfies Flags;

/** The flags of gates in a rollout. */
export const GATE_FLAGS = {
  pause: {
    kind: 'value',
    value: 'duration',
    summary:
      'wait after the canaries and each batch, then look again; no more hosts if one got worse',
  },
  batches: {
    kind: 'list',
    value: 'share',
    summary: 'stop after these shares of the hosts and look again: 10%,50%',
  },
  verify: {
    kind: 'value',
    value: 'command',
    env: false,
    summary: 'run this on this machine for each host that is updated; not exit code 0: roll back',
  },
} as const satisfies Flags;

/** The flags for a command that can only plan. */
export const DRY_RUN_FLAGS = {
  dryRun: {
    kind: 'switch',
    summary: 'show what would be done and exit as the command would; send nothing, ask nothing',
    env: false,
  },
  detailedExitcode: {
    kind: 'switch',
    summary: 'with --dry-run: exit code 4 when there is something to do',
    env: false,
  },
} as const satisfies Flags;

/** The flags for reading several hosts. */
export const READ_OUT_FLAGS = {
  parallel: {
    kind: 'value',
    value: 'number',
    default: '16',
    summary: 'with several hosts: how many are asked at a time',
  },
} as const satisfies Flags;

/**
 * The connection flags that `host add` stores; their environment variables are not read, because only typed values are
 * stored.
 */
export const KEPT_FLAGS = {
  tokenFile: { ...CONNECTION_FLAGS.tokenFile, env: false },
  keyFile: { ...CONNECTION_FLAGS.keyFile, env: false },
  issuer: { ...CONNECTION_FLAGS.issuer, env: false },
  audience: { ...CONNECTION_FLAGS.audience, env: false },
  headerFile: { ...CONNECTION_FLAGS.headerFile, env: false },
  caFile: { ...CONNECTION_FLAGS.caFile, env: false },
  certFile: { ...CONNECTION_FLAGS.certFile, env: false },
  certKeyFile: { ...CONNECTION_FLAGS.certKeyFile, env: false },
} as const satisfies Flags;
