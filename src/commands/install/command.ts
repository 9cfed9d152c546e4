import { defineCommand } from '../../cli/command.ts';
import { DRY_RUN_FLAGS, GATE_FLAGS, HOSTS_FLAGS, ROLLOUT_FLAGS } from '../../cli/host-flags.ts';

export const command = defineCommand({
  name: 'install',
  group: 'Deploy',
  summary: 'Install a plugin: pack if needed, check, upload, register, wait until it runs',
  details:
    'A directory is packed first: for a project in Go or TypeScript that runs its build here, also with --dry-run.\n' +
    'The package is checked for the version and the processor of the host before anything is sent.\n' +
    'The same content twice changes nothing; --reinstall registers it again.\n' +
    'eKuiper runs the install.sh of a package: it is shown, and you are asked first\n' +
    '(without a terminal: --allow-install-script, or --yes, which answers every question).\n' +
    'Several hosts: all are read first and one plan is shown, then the canaries are updated, then --parallel hosts at a\n' +
    'time. After an interruption the same command continues: hosts that have this content are left alone.\n' +
    'With --pause it waits after the canaries and after each of --batches, and looks again: the plugin alive, nothing\n' +
    'restarted, rows flowing, no new exceptions. --verify runs your program for each host when the new version runs there,\n' +
    'with KPLUGIN_VERIFY_HOST, _URL, _PLUGIN and _VERSION; unless it exits with 0, the version before is put back.\n' +
    'During an update eKuiper has no version of the plugin; when the update fails, the version before is registered again.',
  args: [
    {
      name: 'plugin',
      summary:
        'a directory (packed first), a package (.zip) or its http(s) URL (default: current directory)',
    },
  ],
  flags: {
    ...HOSTS_FLAGS,
    ...ROLLOUT_FLAGS,
    ...GATE_FLAGS,
    sha256: {
      kind: 'value',
      value: 'hex',
      summary: 'the SHA-256 that the zip must have, for what is downloaded',
      env: false,
    },
    allowInstallScript: {
      kind: 'switch',
      summary: 'let the host run install.sh without a question',
    },
    shellPara: {
      kind: 'list',
      value: 'text',
      commas: false,
      summary: 'one argument for install.sh',
      env: false,
    },
    reinstall: {
      kind: 'switch',
      summary: 'register it again even when the host has just this content',
      env: false,
    },
    ...DRY_RUN_FLAGS,
    applyConfig: {
      kind: 'switch',
      summary: 'put changed sources/*.yaml into use at once: eKuiper 2.x keeps the old values',
      env: false,
    },
    restartRules: {
      kind: 'switch',
      summary: 'restart the rules that use it, once it runs',
      env: false,
    },
    watch: {
      kind: 'value',
      value: 'duration',
      summary: 'watch each rule so long for a row; default: as its rows came before, at most 1m',
      env: false,
    },
    allowSilence: {
      kind: 'switch',
      summary: 'keep the new version even if rules stop receiving rows, or only throw',
      env: false,
    },
    force: {
      kind: 'switch',
      summary: 'ignore package errors, symbol conflicts, and rules that use what the package lacks',
      env: false,
    },
  },
  examples: [
    { command: 'kplugin install my-plugin --host edge1', does: 'packs the directory, installs it' },
    { command: 'kplugin install pysam-1.0.0.zip --host edge1:9081', does: 'installs a package' },
    {
      command: 'kplugin install https://ci.example.com/pysam.zip --host edge1',
      does: 'downloads it here and uploads it there',
    },
    {
      command: 'kplugin install https://ci.example.com/pysam.zip --sha256 <hex> --host edge1',
      does: 'only if it is that very file',
    },
    {
      command: 'kplugin install my.zip --host edge1 --allow-install-script --shell-para fast',
      does: 'with an install.sh and its argument',
    },
    {
      command: 'kplugin install my.zip --group edge --parallel 16 --canary 2 --max-failures 5',
      does: 'on many hosts, two of them first',
    },
    {
      command:
        'kplugin install my.zip --group edge --batches 10%,50% --pause 10m --verify ./check.sh',
      does: 'looks again ten minutes after the canary and each batch; check.sh decides for each host',
    },
  ],
});
