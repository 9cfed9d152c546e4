import { defineCommand } from '../../cli/command.ts';
import { TARGET_FLAG } from '../../cli/shared-flags.ts';

export const command = defineCommand({
  name: 'pack',
  group: 'Package',
  summary: 'Build the zip, in the layout and with the modes that eKuiper needs',
  details:
    'A Go project is built first (go build, CGO_ENABLED=0 GOOS=linux), a package.json with a build script by that\n' +
    'script: this runs code of the project. --no-build, --dry-run and --explain run nothing, and a Python project\n' +
    'needs no build.\n\n' +
    'The same content gives the same bytes, whatever the clock, the locale and the umask; SOURCE_DATE_EPOCH\n' +
    'sets the dates inside.\n\n' +
    'What goes in: everything but secrets by name (.env, .aws/, *.tfstate …) or content (private keys,\n' +
    'tokens of clouds and services), other zips and the reports of kplugin test --junit, the lines of\n' +
    '.kpluginignore (as git reads them), and what no plugin needs to run. --explain shows the rule for every\n' +
    'file. An allow-list can stand in .kplugin.json: {"files": ["lib/", "*.py"]}. What the manifest declares is\n' +
    'always taken in.\n\n' +
    'A secret or zip that the plugin needs is packed when a line names it or its kind: !models/policy.zip\n' +
    'or !*.zip in .kpluginignore, or "models/policy.zip" in "files". Lines that match everything (!*, lib/)\n' +
    'do not count. Nothing lets in a file that holds a private key, nor a PKCS#12 key store, which may hold one.\n\n' +
    'Names in a zip that are not UTF-8 are rewritten in UTF-8 when their encoding is clear. When it is not, nothing is\n' +
    'written until --name-encoding says it: gbk, big5, shift_jis, euc-jp, euc-kr, windows-1252, windows-1250,\n' +
    'windows-1251, cp437, cp850, cp852, ibm866, koi8-r, iso-8859-2, windows-1253, windows-1254, windows-1255,\n' +
    'windows-1256, windows-874. It is then believed for every name without the UTF-8 flag of the zip, also for one that\n' +
    'is UTF-8 by chance.',
  args: [{ name: 'dir', summary: 'the project (default: current directory)' }],
  flags: {
    output: {
      kind: 'value',
      short: 'o',
      value: 'file|dir|-',
      summary: 'where the zip goes; by default <name>-<version>[-linux-<arch>].zip here',
    },
    arch: {
      kind: 'value',
      value: 'goarch',
      summary: 'build a Go project for amd64, arm64, arm, 386 …; by default for this machine',
    },
    noBuild: { kind: 'switch', summary: 'pack the existing executable' },
    from: {
      kind: 'value',
      value: 'zip',
      env: false,
      summary: 'repair a zip: remove the folder around it, add modes and parent folders',
    },
    nameEncoding: {
      kind: 'value',
      value: 'encoding',
      env: false,
      summary:
        'with --from: the encoding of names without the UTF-8 flag, such as gbk, shift_jis or cp437',
    },
    ...TARGET_FLAG,
    dryRun: { kind: 'switch', env: false, summary: 'list what would be packed; write nothing' },
    explain: {
      kind: 'switch',
      env: false,
      summary: 'say for every file which rule took it in or left it out; write nothing',
    },
    check: {
      kind: 'switch',
      env: false,
      summary: 'compare with the existing zip: exit 1 and the differences; write nothing',
    },
  },
  examples: [
    { command: 'kplugin pack', does: 'the package of the project here' },
    { command: 'kplugin pack --arch arm64 -o dist/', does: 'a Go plugin for a 64-bit ARM gateway' },
    { command: 'kplugin pack --explain', does: 'which rule put each file in or out' },
    { command: 'kplugin pack --from pysam.zip -o fixed/', does: 'fix a zip that eKuiper refuses' },
    {
      command: 'kplugin pack --from pysam.zip --name-encoding gbk',
      does: 'its names are from a Chinese Windows',
    },
  ],
});
