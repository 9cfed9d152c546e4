import type { Topic } from '../../cli/command.ts';

/** `kplugin host`: manages named hosts. */
export const host: Topic = {
  name: 'host',
  summary:
    'Manage named hosts, their keys and certificates: add, list, show, use, test, remove, keygen',
  details:
    'Hosts are kept in hosts.json in $KPLUGIN_CONFIG, else $XDG_CONFIG_HOME/kplugin or ~/.config/kplugin (Windows:\n' +
    '%APPDATA%\\kplugin). It names the files with tokens and keys and never holds one itself.\n' +
    'Flags outweigh KPLUGIN_… variables, those outweigh hosts.json. A token is best kept in a\n' +
    'file (--token-file, KPLUGIN_TOKEN_FILE, hosts.json). KPLUGIN_TOKEN may hold the token itself, for CI: kplugin gives it\n' +
    'to no program, and on Linux wipes it from /proc/<pid>/environ, but the shell or the agent that set it still has it.\n' +
    'Proxies come from HTTPS_PROXY, HTTP_PROXY and NO_PROXY; KPLUGIN_PROXY=http://… or =none outweighs them.',
  examples: [
    {
      command: 'kplugin host keygen edge1',
      does: 'a key pair, and where eKuiper expects its half',
    },
    {
      command:
        'kplugin host add edge1 https://edge1.example.com --group north --key-file ~/.config/kplugin/keys/edge1.pem',
      does: 'remembers a host that wants tokens',
    },
    {
      command: 'kplugin host test',
      does: 'asks every host whether it answers and lets kplugin in',
    },
    { command: 'kplugin install my-plugin --host edge1', does: 'uses it by its name' },
    { command: 'kplugin install my-plugin --group north', does: 'every host of a group' },
    { command: 'kplugin host use edge1', does: 'the host of commands that name none' },
  ],
};
