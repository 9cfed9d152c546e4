import { defineCommand } from '../../cli/command.ts';
import { TARGET_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'validate',
  group: 'Check',
  summary: 'Report problems that eKuiper would reject or ignore',
  details:
    'Checks a project (as pack would pack it) or a package: manifest, symbol files, YAML, executable and zip.\n' +
    'An error is what eKuiper refuses or loses, a warning what works but not as meant, a note what is worth\n' +
    'knowing. Errors end with exit code 1; with --strict warnings do too. kplugin explain <rule> says more.',
  args: [{ name: 'dir|zip', summary: 'a project or a package (default: current directory)' }],
  flags: {
    ...TARGET_FLAG,
    strict: { kind: 'switch', summary: 'warnings fail too' },
    format: {
      kind: 'choice',
      choices: ['pretty', 'json', 'github'],
      summary: 'for people, for programs, or annotations (by itself under GITHUB_ACTIONS)',
    },
  },
  examples: [
    { command: 'kplugin validate', does: 'the project here, for the newest eKuiper' },
    { command: 'kplugin validate my-plugin-1.0.0.zip', does: 'a package, as eKuiper unpacks it' },
    { command: 'kplugin validate --target 2.1 --strict', does: 'for an older eKuiper, in CI' },
  ],
});
