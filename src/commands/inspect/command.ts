import { defineCommand } from '../../cli/command.ts';
import { TARGET_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'inspect',
  group: 'Package',
  summary: 'Show what a package holds: identity, symbols, files, digests, findings',
  details:
    'Reads the zip without unpacking it anywhere; a hostile one is refused with a finding.\n' +
    'The content digest is the sha256 of one line per entry, "<mode> <name> <sha256>", sorted by name:\n' +
    'it is the same whatever program and zlib made the zip.\n' +
    'The exit code is 1 when eKuiper would refuse or misread the plugin; with --list only when the zip itself\n' +
    'is at fault, as that of unzip -l is: the files are not read.',
  args: [
    { name: 'zip|dir|-', summary: 'a package, a project, or - for a zip on stdin', required: true },
  ],
  flags: {
    list: {
      kind: 'switch',
      env: false,
      summary: 'only the entries, as fast as unzip -l lists them: no digests, no findings',
    },
    ...TARGET_FLAG,
  },
  examples: [
    { command: 'kplugin inspect mirror-1.0.0.zip', does: 'the package on one screen' },
    {
      command: 'kplugin inspect . --json',
      does: 'the project as it would be packed, for programs',
    },
    { command: 'curl -s https://host/x.zip | kplugin inspect -', does: 'before you install it' },
  ],
});
