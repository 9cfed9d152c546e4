import type { ErrorEntries } from './entry.ts';

const HOST = ['kplugin doctor --host <host>'];

/** The lines of `doctor` about this machine and the plugin in the current directory, by the id in `--json`. */
export const LOCAL_REMARKS = {
  'machine-node': {
    what: 'Which Node runs kplugin.',
    why: 'kplugin needs Node 20.19 or newer.',
    fix: 'Install a newer one: https://nodejs.org.',
    commands: ['node --version'],
  },
  'machine-python': {
    what: 'Whether a Python 3 with the SDK (ekuiper, pynng) is here.',
    why: 'serve, test and dev start plugins in Python with it. Each release of the SDK needs one release of pynng.',
    fix: 'Install Python 3.8 or newer, then the SDK that the line names.',
    commands: ['python3 -m venv .venv', '.venv/bin/pip install -r requirements.txt'],
  },
  'machine-python-not-run': {
    what: 'The Python of the project was not started.',
    why: 'doctor runs no program of a project unless you name it.',
    fix: 'Name it if you trust the project.',
    commands: ['kplugin doctor <dir> --python .venv/bin/python'],
  },
  'machine-go': {
    what: 'Whether Go is here, and new enough.',
    why: 'pack builds projects in Go with it; the SDK needs a certain version.',
    fix: 'Install Go: https://go.dev/dl/. Without a project in Go nothing has to be done.',
    commands: ['go version'],
  },
  'machine-go-cgo': {
    what: 'CGO_ENABLED=1 is set for Go.',
    why: 'A program linked against glibc does not start in the Alpine images of eKuiper. pack builds without cgo unless this is set.',
    fix: 'Unset it.',
    commands: ['unset CGO_ENABLED'],
  },
  'machine-conda': {
    what: 'Whether conda is here.',
    why: 'Only plugins with "virtualEnvType": "conda" need it; eKuiper needs it on the host as well.',
    fix: 'Install it to run such a plugin here.',
    commands: ['conda --version'],
  },
  'machine-sockets': {
    what: 'Whether /tmp can be written.',
    why: 'Plugins have their sockets there, as with eKuiper: serve, test and dev cannot run them without it.',
    fix: 'Make it writable; in a container mount a tmpfs there.',
    commands: ['docker run --tmpfs /tmp <image>'],
  },
  'machine-sockets-left': {
    what: 'Sockets of plugins are in /tmp, and no process is behind them.',
    why: 'A plugin was killed before it could remove them.',
    fix: 'Remove those that the line names.',
    commands: ['rm /tmp/plugin_<plugin>.ipc'],
  },
  'machine-running': {
    what: 'What listens on 127.0.0.1:9081, the REST port of eKuiper as shipped.',
    why: 'An eKuiper or a test server there has the port and perhaps the sockets of your plugin.',
    fix: 'Nothing has to be done; another port is free for serve.',
    commands: ['kplugin serve <dir> --listen 127.0.0.1:0'],
  },
  'machine-running-symbols': {
    what: 'A test server has its symbol API on this machine.',
    why: 'It is what serve started.',
    fix: 'Nothing has to be done.',
    commands: ['curl http://127.0.0.1:33333/'],
  },
  'machine-settings': {
    what: 'Which settings come from the environment (KPLUGIN_…).',
    why: 'They hold for every command; a flag outweighs them.',
    fix: 'Unset what you do not want.',
    commands: ['env'],
  },
  'machine-settings-unknown': {
    what: 'A variable KPLUGIN_… is set that kplugin does not know.',
    why: 'It has no effect; most often it is a typing error.',
    fix: 'Correct or unset it.',
    commands: ['kplugin help <command>'],
  },
  'machine-setting': {
    what: 'A setting that is in force for the host, and where it comes from.',
    why: 'Flags outweigh variables, variables outweigh hosts.json.',
    fix: 'Change it where it comes from.',
    commands: ['kplugin host show <name>'],
  },
  'machine-hosts': {
    what: 'Which hosts.json is used, and whether it can be read.',
    why: 'Named hosts and their settings come from it.',
    fix: 'Correct the error in the line.',
    commands: ['kplugin host list', 'kplugin schema hosts'],
  },
  'machine-secret-file': {
    what: 'Other users of this machine can read a file with a key, a token or hosts.',
    why: 'Who reads it can do everything on the host that you can.',
    fix: 'Keep it to yourself.',
    commands: ['chmod 600 <file>'],
  },
  'project-findings': {
    what: 'What validate finds in the plugin at hand.',
    why: 'eKuiper refuses a plugin with errors, or loses a part of it.',
    fix: 'Correct the findings.',
    commands: ['kplugin validate <dir>'],
  },
  'project-executable': {
    what: 'Whether the program that the manifest names is there.',
    why: 'eKuiper refuses a package without it. pack builds it in projects that it can build.',
    fix: 'Build it, or correct "executable" in the manifest.',
    commands: ['kplugin validate <dir>', 'kplugin pack <dir>'],
  },
  'project-python-sdk': {
    what: 'Which release of the Python SDK requirements.txt asks for.',
    why: 'Without a version it is another one tomorrow, and some do not work with every eKuiper.',
    fix: 'Write the line that doctor names into requirements.txt.',
    commands: ['kplugin doctor <dir>'],
  },
  'project-go-sdk': {
    what: 'Which release of the Go SDK go.mod asks for.',
    why: 'Old ones have defects; the line names them.',
    fix: 'Take the release that doctor names.',
    commands: ['kplugin doctor <dir>', 'go mod tidy'],
  },
  'project-node-sdk': {
    what: 'Which release of kplugin, which has the TypeScript SDK, package.json asks for.',
    why: 'Without a version it is another one tomorrow.',
    fix: 'Write what doctor names into package.json.',
    commands: ['kplugin doctor <dir>'],
  },
} satisfies ErrorEntries;

/** The lines of `doctor` about a host. */
export const HOST_REMARKS = {
  'host-reached': {
    what: 'Whether the host answers, and which eKuiper it is.',
    why: 'Everything else is asked of it.',
    fix: 'Correct the address, the network or the proxy named in the line.',
    commands: ['kplugin host test <name>'],
  },
  'host-rest': {
    what: 'Checks that were not made.',
    why: 'The host did not answer, or did not let kplugin in.',
    fix: 'Correct that first.',
    commands: HOST,
  },
  'host-settings': {
    what: 'The settings of the host are wrong, so no connection was made.',
    why: 'A flag, a variable or hosts.json cannot be used.',
    fix: 'Correct the error in the line.',
    commands: ['kplugin host show <name>'],
  },
  'host-access': {
    what: 'Whether the host lets kplugin in, and whether it lets everybody in.',
    why: 'Without basic.authentication anybody who can reach the port can run programs on that machine.',
    fix: 'Turn on basic.authentication in etc/kuiper.yaml, and make the keys.',
    commands: ['kplugin host keygen <name>'],
  },
  'host-sample-key': {
    what: 'Whether the host trusts the key pair that eKuiper publishes as a sample.',
    why: 'Everybody can download its private half with eKuiper, so authentication does not protect the host (#4086).',
    fix: 'Remove it on the host.',
    commands: ['rm etc/mgmt/sample_key etc/mgmt/sample_key.pub'],
  },
  'host-clock': {
    what: 'Whether the clock of the host agrees with the one of this machine.',
    why: 'eKuiper judges by its own clock whether a token has expired.',
    fix: 'Set both clocks by a time server.',
    commands: ['timedatectl set-ntp true'],
  },
  'host-version': {
    what: 'Whether kplugin knows the version of the host.',
    why: 'What a version does differently is known for releases only.',
    fix: 'Run a release of eKuiper, or look for a newer kplugin.',
    commands: ['docker pull lfedge/ekuiper:2.4.0-slim-python'],
  },
  'host-python': {
    what: 'Whether the host can run plugins in Python.',
    why: 'Of the images, only -slim-python has Python and the SDK.',
    fix: 'Run such an image, or set portable.pythonBin in etc/kuiper.yaml.',
    commands: ['docker pull lfedge/ekuiper:2.4.0-slim-python'],
  },
  'host-plugins': {
    what: 'How many plugins of the host run.',
    why: 'eKuiper never starts one again by itself. 1.x does not report whether one runs.',
    fix: 'See those that do not run.',
    commands: ['kplugin list --host <host>'],
  },
  'host-rules': {
    what: 'Whether the rules that use plugins of the host work.',
    why: 'A rule goes on reporting running while its plugin is dead or throws.',
    fix: 'Nothing has to be done.',
    commands: ['kplugin list --host <host>'],
  },
  'host-rule-trouble': {
    what: 'A rule throws because of a plugin, is down although nobody stopped it, or gets no rows any more.',
    why: 'After a restart of eKuiper a rule may have started before its plugin; a plugin may also be broken.',
    fix: 'Run the command of that line; where it is "status", see what eKuiper says.',
    commands: ['kplugin status <plugin> --host <host>'],
  },
  'host-plugin-dead': {
    what: 'A plugin of the host does not run.',
    why: 'eKuiper never starts it again by itself, and rules that use it go on reporting running.',
    fix: 'Remove the cause that the line names, then restart it.',
    commands: ['kplugin restart <plugin> --host <host>'],
  },
  'host-plugin-interrupted': {
    what: 'kplugin was interrupted while it changed a plugin, or is changing it now.',
    why: 'The record of the change was begun and not ended.',
    fix: 'Apply the fix in the line; status shows more.',
    commands: ['kplugin status <plugin> --host <host>', 'kplugin history <plugin> --host <host>'],
  },
  'host-registrations': {
    what: 'Whether the package of every plugin is among the uploads of the host.',
    why: 'rollback, restart and an import of an export need it. eKuiper before 1.8 does not say where a plugin came from.',
    fix: 'Install a plugin again whose package is missing.',
    commands: ['kplugin install <dir|zip> --host <host> --reinstall'],
  },
  'host-registration-unknown': {
    what: 'eKuiper does not know where a plugin came from.',
    why: 'It was part of the image or put there by hand; after an update there is no rollback target.',
    fix: 'Install its package again.',
    commands: ['kplugin install <dir|zip> --host <host> --reinstall'],
  },
  'host-registration-elsewhere': {
    what: 'A plugin was installed from an address elsewhere.',
    why: 'A rollback needs that address.',
    fix: 'Install its package from a file.',
    commands: ['kplugin install <dir|zip> --host <host> --reinstall'],
  },
  'host-package-gone': {
    what: 'The package of a plugin is no longer among the uploads.',
    why: 'There is no rollback target after an update, no restart, and no import of an export.',
    fix: 'Install it again.',
    commands: ['kplugin install <dir|zip> --host <host> --reinstall'],
  },
  'host-uploads': {
    what: 'Whether the folder of uploads can be read and written.',
    why: 'kplugin uploads packages there, and keeps its record there.',
    fix: 'Make data/uploads of the host writable for eKuiper. --write tries it.',
    commands: ['kplugin doctor --host <host> --write'],
  },
  'host-uploads-used': {
    what: 'How many uploads of kplugin the host has, and the disk that they use.',
    why: 'eKuiper does not report sizes: they are those that kplugin has written into its records.',
    fix: 'Nothing has to be done.',
    commands: ['kplugin prune --host <host> --dry-run'],
  },
  'host-uploads-left': {
    what: 'Uploads of kplugin are needed by no release.',
    why: 'Their plugin was removed without --prune, or they are older than the rollback target.',
    fix: 'Remove them; it shows which, and asks.',
    commands: ['kplugin prune --host <host>'],
  },
  'host-downloads': {
    what: 'From where the host takes packages.',
    why: 'From 2.4 on it refuses private addresses and files outside its uploads as shipped. kplugin uploads and needs neither.',
    fix: 'Nothing has to be done; --write finds out how it is set.',
    commands: ['kplugin doctor --host <host> --write'],
  },
  'host-symbols': {
    what: 'Whether two plugins of the host have the same symbol.',
    why: 'The one that was installed last has it, and removing either takes its description from both.',
    fix: 'Remove one, then install the other again.',
    commands: ['kplugin remove <plugin> --host <host>'],
  },
} satisfies ErrorEntries;
