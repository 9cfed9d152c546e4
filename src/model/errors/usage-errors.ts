import type { ErrorEntries } from './entry.ts';

const HELP = ['kplugin --help', 'kplugin help <command>'];

/** Errors of the command line: commands, flags, their values, prompts. */
export const USAGE_ERRORS = {
  'usage-unknown-command': {
    what: 'The first word is no command of kplugin.',
    why: 'kplugin does nothing before it knows which command is meant.',
    fix: 'Use a command from the list.',
    commands: ['kplugin --help'],
  },
  'usage-unknown-option': {
    what: 'The command has no such flag.',
    why: 'A flag with a typing error would be ignored without notice, so kplugin refuses it.',
    fix: 'Use a flag that the help of the command lists.',
    commands: HELP,
  },
  'bad-sha256': {
    what: '--sha256 is no SHA-256, or is given with a directory.',
    why: 'It pins the bytes of a zip: 64 hex digits. A directory is packed here and has none before.',
    fix: 'Give what sha256sum prints for the zip.',
    commands: ['kplugin inspect <zip>', 'kplugin install <url> --sha256 <hex> --host <host>'],
  },
  'detailed-exitcode-alone': {
    what: '--detailed-exitcode is given without --dry-run.',
    why: 'Exit code 4 says that there is something to do; a real run does it.',
    fix: 'Add --dry-run, or leave it out.',
    commands: ['kplugin install <zip> --host <host> --dry-run --detailed-exitcode'],
  },
  'bad-batches': {
    what: '--batches has something that is neither a share nor a number of hosts.',
    why: 'The rollout stops after so many hosts and looks again at those that are done.',
    fix: 'Write shares from 1% to 100%, or numbers of hosts.',
    commands: ['kplugin install <zip> --group <group> --batches 10%,50% --pause 10m'],
  },
  'usage-missing-argument': {
    what: 'An argument that the command needs is missing.',
    why: 'It has no default.',
    fix: 'Add it; the first line of the help shows all arguments.',
    commands: HELP,
  },
  'usage-excess-arguments': {
    what: 'The command got more arguments than it takes.',
    why: 'kplugin does not guess which of them is meant. A value with spaces needs quotes.',
    fix: 'Leave out what is too much, or put the value into quotes.',
    commands: HELP,
  },
  'usage-option-missing-argument': {
    what: 'A flag that needs a value stands without one.',
    why: 'kplugin does not guess the value.',
    fix: 'Write the value behind the flag.',
    commands: HELP,
  },
  'usage-invalid-argument': {
    what: 'An argument or the value of a flag is none of those that can stand there.',
    why: 'The message lists what can.',
    fix: 'Use one of them.',
    commands: HELP,
  },
  'usage-missing-mandatory-option-value': {
    what: 'A flag that the command cannot do without is missing.',
    why: 'It has no default.',
    fix: 'Add it.',
    commands: HELP,
  },
  'usage-conflicting-option': {
    what: 'Two flags were given that cannot be combined.',
    why: 'They ask for opposite things.',
    fix: 'Leave one of them out.',
    commands: HELP,
  },
  'usage-error': {
    what: 'The command line cannot be used as it stands.',
    why: 'The message names the part.',
    fix: 'Correct that part.',
    commands: HELP,
  },
  'usage-conflict': {
    what: 'Two flags of pack were given that cannot be combined.',
    why: 'They ask for opposite things, want the same output, or one has no effect without another.',
    fix: 'Leave one of them out.',
    commands: ['kplugin help pack'],
  },
  'argument-too-long': {
    what: 'An argument is longer than a path can be.',
    why: 'kplugin takes as many characters as Linux does for a path: whatever is longer was not meant.',
    fix: 'Give a shorter one.',
    commands: HELP,
  },
  'argument-not-utf8': {
    what: 'An argument, or a variable for a flag, is not UTF-8.',
    why: 'On Linux the name of a file may be any bytes. kplugin runs on Node, which replaces what is not UTF-8, and then finds no such file.',
    fix: 'Rename the file or folder, and give the new name.',
    commands: ['mv -n <file> <name>'],
  },
  'missing-flag': {
    what: 'A value that kplugin would ask for is missing, and there is no terminal to ask.',
    why: 'It runs without a terminal or with --no-input, and the answer has no default.',
    fix: 'Add the flag that the message names, or run the command in a terminal.',
    commands: ['kplugin init <dir> --language python --function <name>'],
  },
  'invalid-answer': {
    what: 'The value of a flag of init, or an answer, cannot be used.',
    why: 'It would stand in names, comments or strings of the files that are written.',
    fix: 'Give another value; the message states what is wrong with it.',
    commands: ['kplugin help init'],
  },
  'not-confirmed': {
    what: 'A question was answered with no, so nothing was changed.',
    why: 'kplugin asks before it replaces files, runs an install.sh or removes a plugin.',
    fix: 'Run the same command again and answer yes. --yes answers every question.',
    commands: ['kplugin remove <plugin> --host <host> --yes'],
  },
  'bad-number': {
    what: 'The value of a flag is no whole number, or too small.',
    why: 'The flag counts retries or hosts.',
    fix: 'Write digits.',
    commands: ['kplugin list --host <host> --retries 5'],
  },
  'duration-unknown': {
    what: 'The value of a flag is no duration.',
    why: 'A duration is a number with a unit: ms, s, m or h.',
    fix: 'Write for example 500ms, 10s or 1m.',
    commands: ['kplugin test <dir> --timeout 10s'],
  },
  'target-unknown': {
    what: '--target names no eKuiper that this kplugin knows.',
    why: 'What a version does cannot be checked without knowing it.',
    fix: 'Use one that the message lists, or look for a newer kplugin.',
    commands: ['kplugin validate <dir|zip> --target 2.3.1'],
  },
  'listen-unknown': {
    what: '--listen or --symbols is no address with a port.',
    why: 'The server listens on an address of this machine. Port 0 takes any free one.',
    fix: 'Write both, with a colon between them.',
    commands: ['kplugin serve --listen 127.0.0.1:9081'],
  },
  'parallel-unknown': {
    what: '--parallel of test is no number from 1 to 999.',
    why: 'It is the number of cases that run at the same time.',
    fix: 'Write a number in digits.',
    commands: ['kplugin test <dir> --parallel 4'],
  },
  'check-unknown': {
    what: '--skip names no built-in check.',
    why: 'A check with a typing error would run without notice.',
    fix: 'Use a name from the list.',
    commands: ['kplugin test <dir> --list'],
  },
  'allow-host-unknown': {
    what: '--allow-host is no host name.',
    why: 'The flag takes one name each time, without scheme, port or path.',
    fix: 'Give the flag once for each name.',
    commands: ['kplugin serve <dir> --allow-host edge1.example.com'],
  },
  'env-unusable': {
    what: '--env names no variable that a plugin can be given.',
    why: 'It takes the name of a variable of yours, or a name with a value.',
    fix: 'Write --env NAME or --env NAME=value.',
    commands: ['kplugin serve <dir> --env MQTT_BROKER=tcp://127.0.0.1:1883'],
  },
  'encoding-unknown': {
    what: '--name-encoding is no encoding that kplugin knows.',
    why: 'Names in old zips are in the encoding of the machine that made them.',
    fix: 'Use one that the message lists.',
    commands: ['kplugin pack --from <zip> --name-encoding gbk'],
  },
  'use-which': {
    what: 'host use got no name, or a name and --none.',
    why: 'It chooses one host for all later commands, or none.',
    fix: 'Give one of the two.',
    commands: ['kplugin host list', 'kplugin host use <name>', 'kplugin host use --none'],
  },
  'too-many-sides': {
    what: 'diff got more than two things to compare.',
    why: 'It compares two: plugins, packages or hosts.',
    fix: 'Leave out what is too much, also --host and --group.',
    commands: ['kplugin diff <host> <host>', 'kplugin diff <zip> <zip>'],
  },
  'plugin-with-package': {
    what: '--plugin was given where a package is compared with a host.',
    why: 'A package is compared with the plugin of its own name.',
    fix: 'Leave out --plugin.',
    commands: ['kplugin diff <zip> --host <host>'],
  },
  'schema-unknown': {
    what: 'There is no schema of that kind.',
    why: 'kplugin has one schema for each kind of file.',
    fix: 'Use a kind from the list.',
    commands: ['kplugin schema'],
  },
  'rule-unknown': {
    what: 'explain knows no rule, code or message like that.',
    why: 'It knows the ids of its rules, the codes of its errors, and messages of eKuiper by their words.',
    fix: 'Copy the id in brackets behind a finding, the code of an error, or a part of the message.',
    commands: ['kplugin explain', 'kplugin explain "receive time out"'],
  },
  'unknown-kind': {
    what: 'add was asked for something that is no kind of symbol.',
    why: 'eKuiper has sources, sinks and functions.',
    fix: 'Use one of these.',
    commands: [
      'kplugin add source <symbol>',
      'kplugin add sink <symbol>',
      'kplugin add function <symbol>',
    ],
  },
} satisfies ErrorEntries;
