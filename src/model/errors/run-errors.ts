import type { ErrorEntries } from './entry.ts';

const SCHEMA = ['kplugin schema cases'];

/** Errors of plugins on this machine: serve, test, dev, and the final result of doctor. */
export const RUN_ERRORS = {
  'plugin-not-started': {
    what: 'A plugin did not start.',
    why: 'The message has what it printed last. eKuiper would report only a time-out.',
    fix: 'Correct the reported errors. --no-spawn lets you start it yourself, for example in a debugger.',
    commands: ['kplugin serve <dir> --no-spawn', 'kplugin doctor <dir>'],
  },
  'same-plugin-twice': {
    what: 'The same plugin was named twice.',
    why: 'A host has one plugin of a name: its control socket is named after it.',
    fix: 'Name one of them, or rename one.',
    commands: ['kplugin serve <dir>'],
  },
  'socket-in-use': {
    what: 'A socket of the plugin is in use on this machine.',
    why: 'The names of sockets in /tmp come from the plugin and its functions, so only one can run.',
    fix: 'End the other serve, dev, test or eKuiper that runs it.',
    commands: ['ls -l /tmp/plugin_<plugin>.ipc', 'kplugin doctor'],
  },
  'port-in-use': {
    what: 'Another program listens on that address and port.',
    why: 'Only one can.',
    fix: 'End it, or take another port; port 0 takes any free one.',
    commands: ['kplugin serve <dir> --listen 127.0.0.1:0'],
  },
  'cannot-listen': {
    what: 'The server cannot listen on that address.',
    why: 'It is no address of this machine, or the port is reserved.',
    fix: 'Take an address of this machine.',
    commands: ['kplugin serve <dir> --listen 127.0.0.1:9081'],
  },
  'home-unusable': {
    what: 'The folder of --home cannot be used.',
    why: 'The test server keeps plugins and uploads there; it may be read-only, or another server uses it.',
    fix: 'Name a folder that you may write to, or leave --home out for a temporary one.',
    commands: ['kplugin serve <dir> --home <dir>'],
  },
  'project-not-found': {
    what: 'dev found no project at that path.',
    why: 'It takes the directory of a project.',
    fix: 'Correct the path, or begin a project.',
    commands: ['kplugin init <dir>', 'kplugin dev <dir>'],
  },
  'watch-file-outside': {
    what: '--watch-file names no file inside the project.',
    why: 'dev watches the project only.',
    fix: 'Name a file inside of it.',
    commands: ['kplugin dev <dir> --watch-file dist/.built'],
  },
  'nothing-to-test': {
    what: 'No case and no check is left to run.',
    why: 'The plugin has no cases, or no name contains the words that were given. Nothing tested must not count as passed.',
    fix: 'Write a first case, or use a part of a name from the list.',
    commands: ['kplugin test <dir> --list', 'kplugin schema cases'],
  },
  'cases-unreadable': {
    what: 'The case files have findings, so nothing was run.',
    why: 'A case that is understood in part could pass without testing anything.',
    fix: 'Correct what the findings say; the id in brackets can be explained too.',
    commands: ['kplugin explain case-wrong-type', 'kplugin schema cases'],
  },
  'cases-invalid': {
    what: 'dev: the case files have findings, so no case was run.',
    why: 'A case that is understood in part could pass without testing anything.',
    fix: 'Correct them and save: every change runs them again.',
    commands: ['kplugin schema cases'],
  },
  'cases-failed': {
    what: 'Cases or built-in checks failed.',
    why: 'The plugin gave something else than a case expects, or broke a rule of the protocol; the output shows both.',
    fix: 'Correct the plugin or the case. A part of a name runs one alone.',
    commands: ['kplugin test <dir> <name>'],
  },
  'doctor-machine': {
    what: 'doctor found an error on this machine.',
    why: 'Some commands do not work here until it is fixed; the message is that of the first one.',
    fix: 'Apply the fix in the line. The ids of the lines are in --json; explain knows them.',
    commands: ['kplugin doctor --json', 'kplugin explain machine-python'],
  },
  'doctor-project': {
    what: 'doctor found an error in the plugin at hand.',
    why: 'eKuiper would refuse it, or it could not run; the message is that of the first one.',
    fix: 'Apply the fix in the line.',
    commands: ['kplugin validate <dir>'],
  },
  'doctor-host': {
    what: 'doctor found an error on a host.',
    why: 'Something does not work there; the message is that of the first one.',
    fix: 'Apply the fix in the line. The ids of the lines are in --json; explain knows them.',
    commands: ['kplugin doctor --host <host> --json', 'kplugin explain host-access'],
  },
} satisfies ErrorEntries;

/** The issues of case files, used in place of rule ids (docs/cases.md). */
export const CASE_ISSUES = {
  'case-syntax': {
    what: 'The case file is no YAML or JSON that kplugin reads.',
    why: 'Case files are UTF-8 with one document, and hold only values that JSON has.',
    fix: 'Correct the place that is named.',
    commands: SCHEMA,
  },
  'case-unknown-key': {
    what: 'A key is not known where it stands.',
    why: 'A key with a typing error would be ignored, and the case would test less than intended.',
    fix: 'Correct or leave out the key; the schema lists those that there are.',
    commands: SCHEMA,
  },
  'case-wrong-type': {
    what: 'A value has another type than its key needs.',
    why: 'kplugin does not guess what is meant.',
    fix: 'Write a value of the type that the finding names.',
    commands: SCHEMA,
  },
  'case-missing-key': {
    what: 'A key is missing without which the case means nothing.',
    why: 'A case names its symbol, has a name, and gives the symbol something to do.',
    fix: 'Add the key that the finding names.',
    commands: SCHEMA,
  },
  'case-duplicate-key': {
    what: 'The same key is there twice.',
    why: 'Only one of them can count.',
    fix: 'Remove or rename one.',
    commands: SCHEMA,
  },
  'case-duplicate-name': {
    what: 'Two cases of a symbol have the same name.',
    why: 'A report could not distinguish them.',
    fix: 'Give one of them another name.',
    commands: ['kplugin test <dir> --list'],
  },
  'case-two-symbols': {
    what: 'A case names two symbols.',
    why: 'Each case tests one symbol.',
    fix: 'Make two cases of it.',
    commands: SCHEMA,
  },
  'case-unknown-symbol': {
    what: 'A case names a symbol that the manifest does not declare.',
    why: 'eKuiper offers only what the manifest declares.',
    fix: 'Correct the name or the kind, or add the symbol.',
    commands: ['kplugin add function <symbol>'],
  },
  'case-never-holds': {
    what: 'What the case expects can never come true, or tests nothing.',
    why: 'Two keys contradict each other, or one makes the other meaningless.',
    fix: 'Correct or remove what the finding names.',
    commands: SCHEMA,
  },
} satisfies ErrorEntries;
