import { defineCommand } from '../../cli/command.ts';
import { PLUGIN_ENV_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'test',
  group: 'Check',
  summary: 'Run the cases in tests/ and the built-in checks, without an eKuiper',
  details:
    'This runs code of the project: its build, its install.sh, the plugin and the setup of its cases.\n' +
    'It sees PATH, HOME, locale and their like, and what --env names; on a box it sees the environment of eKuiper.\n' +
    'The plugin is checked, built and packed as by kplugin pack, then installed in an emulator that calls it\n' +
    'as eKuiper does: what is tested is what ships. Cases are in tests/*.yaml (or json); kplugin schema cases\n' +
    'prints their format. Cases of one symbol run one after another, those of different\n' +
    'symbols at the same time. Exit 1 when something fails.\n\n' +
    'Checks that every plugin gets without a case: handshake, symbols (all start and stop), calls (functions are\n' +
    'validated and called as by a rule), rows (sources send rows with their own settings, sinks take rows), unknown (a\n' +
    'symbol that the plugin does not have is refused), twice (two instances of a source), acks (a sink with and\n' +
    'without acknowledgement), silence (nothing for 6 s, then a call), restart (killed and started again, all\n' +
    'functions answer). An error that the plugin logs meanwhile fails the check or the case.',
  args: [
    { name: 'dir|zip', summary: 'a project or a package (default: current directory)' },
    {
      name: 'pattern',
      summary: 'run only cases and checks with this in their name',
      variadic: true,
    },
  ],
  flags: {
    target: {
      kind: 'list',
      value: 'version',
      summary: 'the eKuiper to behave like; several run one after another: --target 1.14,2.4',
    },
    only: {
      kind: 'choice',
      choices: ['checks', 'cases'],
      summary: 'only the built-in checks, or only the cases',
    },
    symbol: { kind: 'list', value: 'name', summary: 'only cases and checks of this symbol' },
    skip: { kind: 'list', value: 'check', summary: 'leave out a built-in check' },
    cases: {
      kind: 'value',
      value: 'dir',
      summary: 'where the case files are (default: tests in the project; a zip has none)',
    },
    python: {
      kind: 'value',
      value: 'path',
      summary:
        "the Python that starts plugins (default: the project's .venv, else VIRTUAL_ENV, CONDA_PREFIX, PATH)",
    },
    ...PLUGIN_ENV_FLAG,
    noBuild: { kind: 'switch', summary: 'test the existing executable' },
    parallel: {
      kind: 'value',
      value: 'n',
      summary: 'how many symbols are tested at the same time; 1: one case after another',
      default: '4',
    },
    bail: { kind: 'switch', summary: 'stop after the first failure' },
    timeout: {
      kind: 'value',
      value: 'duration',
      summary: 'the time limit of a case without its own',
      default: '5s',
    },
    initTimeout: {
      kind: 'value',
      value: 'duration',
      summary:
        'how long to wait for the handshake (default: as eKuiper is shipped, 60s; 5s for --target 1.14)',
    },
    list: { kind: 'switch', env: false, summary: 'list checks and cases; run nothing' },
    junit: {
      kind: 'value',
      value: 'file',
      summary: 'write a JUnit report, for CI; pack leaves it out',
    },
    format: {
      kind: 'choice',
      choices: ['pretty', 'github'],
      summary: 'for people, or with annotations (by itself under GITHUB_ACTIONS)',
    },
  },
  examples: [
    { command: 'kplugin test', does: 'checks and cases of the project here' },
    { command: 'kplugin test reverses', does: 'only cases with "reverses" in their name' },
    {
      command: 'kplugin test --target 1.14,2.4 --junit report.xml',
      does: 'for two eKuipers, in CI',
    },
    {
      command: 'kplugin test my-plugin-1.0.0.zip --cases tests',
      does: 'a package that was made before, with these cases',
    },
  ],
});
