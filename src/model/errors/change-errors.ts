import type { ErrorEntries } from './entry.ts';

/** Errors of plugins on hosts: install, rollback, restart, remove, and their state. */
export const CHANGE_ERRORS = {
  'no-such-plugin': {
    what: 'The host has no plugin of that name.',
    why: 'It was never installed, was removed, or a change of kplugin was interrupted.',
    fix: 'See which plugins are there, and what kplugin put there before.',
    commands: ['kplugin list --host <host>', 'kplugin history <plugin> --host <host>'],
  },
  'which-plugin': {
    what: 'rollback got no plugin, and it is not clear which one is meant.',
    why: 'The name can be left out only on one host on which kplugin installed one plugin.',
    fix: 'Name it.',
    commands: ['kplugin history --host <host>', 'kplugin rollback <plugin> --host <host>'],
  },
  'wrong-architecture': {
    what: 'The executable is built for another processor than the host has.',
    why: 'eKuiper could not start it: exec format error. Nothing was sent.',
    fix: 'Build it for the host.',
    commands: ['kplugin pack <dir> --arch arm64'],
  },
  'symbol-taken': {
    what: 'Another plugin of the host has a symbol of the same name.',
    why: 'eKuiper does not check that: the last one wins, functions would share one socket, and removing either plugin takes the symbol from both. Nothing was sent.',
    fix: 'Rename the symbol, or remove the other plugin. --force installs it all the same.',
    commands: ['kplugin list --host <host>', 'kplugin remove <plugin> --host <host>'],
  },
  'used-symbol-missing': {
    what: 'Rules use a source, sink or function that the new version of the plugin no longer has.',
    why: 'eKuiper would install it all the same, and such a rule would go on reporting running without rows, or stop. Nothing was sent.',
    fix: 'Put the symbol back, or change the rules first. --force installs it all the same.',
    commands: ['kplugin describe <plugin> --host <host>', 'kplugin diff <dir|zip> --host <host>'],
  },
  'verify-failed': {
    what: 'The program of --verify did not accept the new version, so the version before was put back.',
    why: 'It exited with another code than 0, did not end, or could not be started.',
    fix: 'See what it printed; its environment has KPLUGIN_VERIFY_HOST, _URL, _PLUGIN and _VERSION.',
    commands: ['kplugin install <zip> --host <host> --verify <command> --verbose'],
  },
  'gate-failed': {
    what: 'A host that was updated got worse during --pause, so no further host was started.',
    why: 'Its plugin does not run, it or a rule was restarted, a rule threw, or rows stopped. The new version is still there.',
    fix: 'See what is wrong, and go back on that host if need be.',
    commands: ['kplugin status <plugin> --host <host>', 'kplugin rollback <plugin> --host <host>'],
  },
  'shell-para-without-script': {
    what: '--shell-para was given, and the package has no install.sh.',
    why: 'eKuiper would ignore it without notice.',
    fix: 'Leave it out, or add install.sh to the root of the package.',
    commands: ['kplugin inspect <zip>'],
  },
  'install-script-not-allowed': {
    what: 'The package contains an install.sh, and there is no terminal to ask whether the host may run it.',
    why: 'eKuiper runs it on the host as its own user.',
    fix: 'Read it, then allow it.',
    commands: [
      'kplugin inspect <zip>',
      'kplugin install <zip> --host <host> --allow-install-script',
    ],
  },
  'password-in-url': {
    what: 'The URL of the package holds a user and password.',
    why: 'Everybody on this machine can read a command line.',
    fix: 'Download the package yourself, and install the file.',
    commands: ['curl --netrc -o plugin.zip <url>', 'kplugin install plugin.zip --host <host>'],
  },
  'sha256-differs': {
    what: 'The zip has another SHA-256 than --sha256 names, so nothing was sent.',
    why: 'The file was changed since its SHA-256 was written down, or another one was downloaded.',
    fix: 'Find out who changed it. If it is meant to be this one, give its SHA-256.',
    commands: ['kplugin inspect <zip>', 'kplugin install <url> --sha256 <hex> --host <host>'],
  },
  'download-failed': {
    what: 'The package cannot be downloaded from its URL.',
    why: 'kplugin downloads it, checks it and uploads it; eKuiper is not involved. The message states what failed.',
    fix: 'Download it yourself, and install the file.',
    commands: ['curl -L -o plugin.zip <url>', 'kplugin install plugin.zip --host <host>'],
  },
  'no-rollback-target': {
    what: 'If the change fails, what runs now may not be restored, and there is no terminal to ask.',
    why: 'The host does not have the package of what runs, or does not say where it came from. Nothing was sent.',
    fix: 'Install the package of what runs now first, so that the host keeps it; or add --yes.',
    commands: [
      'kplugin history <plugin> --host <host>',
      'kplugin install <zip> --host <host> --reinstall --yes',
    ],
  },
  'no-version-before': {
    what: 'The host has no version to roll back to.',
    why: 'rollback registers again a package that kplugin uploaded and that is still there.',
    fix: 'See what was put there, or install the version that you want.',
    commands: ['kplugin history <plugin> --host <host>', 'kplugin install <zip> --host <host>'],
  },
  'package-gone': {
    what: 'The plugin cannot be restarted: its package is no longer among the uploads of the host.',
    why: 'eKuiper would remove the plugin, and then not find its package. Nothing was changed.',
    fix: 'Install its package again.',
    commands: ['kplugin install <zip> --host <host>', 'kplugin history <plugin> --host <host>'],
  },
  'origin-unknown': {
    what: 'The plugin cannot be restarted: the host does not report what it was installed from.',
    why: 'It came with the image or was copied into the folder of plugins; before 1.8 eKuiper never reports the origin.',
    fix: 'Install its package.',
    commands: ['kplugin install <zip> --host <host>'],
  },
  'changed-since-plan': {
    what: 'The host changed between the plan and the change.',
    why: 'What was confirmed is no longer what would happen. Nothing was sent.',
    fix: 'See what is there now, then run the same command again.',
    commands: ['kplugin describe <plugin> --host <host>'],
  },
  conflicting: {
    what: 'Somebody else changed the same plugin on the host at the same time.',
    why: 'In eKuiper the last one wins; kplugin does not change it once more.',
    fix: 'See what is there.',
    commands: ['kplugin describe <plugin> --host <host>', 'kplugin history <plugin> --host <host>'],
  },
  'other-symbols': {
    what: 'After the install the host has the plugin with other symbols than the package declares.',
    why: 'eKuiper read another manifest in the zip than the one that was checked.',
    fix: 'Pack it again and install that.',
    commands: ['kplugin pack <dir>', 'kplugin inspect <zip>'],
  },
  'rules-silent': {
    what: 'Rules that received rows right before the change receive none since.',
    why: 'eKuiper may report a plugin as running that does nothing; rows show that it works.',
    fix: 'See what the plugin prints. --restart-rules restarts the rules, --allow-silence keeps the new version.',
    commands: [
      'kplugin describe <plugin> --host <host>',
      'kplugin install <zip> --host <host> --restart-rules',
    ],
  },
  'rules-down': {
    what: 'A rule that --restart-rules restarted stays down, also after a second start.',
    why: 'eKuiper refuses to start it: its message is shown. The plugin, or another part of the rule, is the cause.',
    fix: 'See what the message says. --allow-silence keeps the new version all the same.',
    commands: [
      'kplugin doctor --host <host>',
      'kplugin install <zip> --host <host> --allow-silence',
    ],
  },
  'rules-throw': {
    what: 'Every row of rules ends in an exception, although rows came through right before the change.',
    why: 'The process answers, and its code fails: the newest exception is shown.',
    fix: 'Write a case with such a row, and fix the code. --allow-silence keeps the new version all the same.',
    commands: ['kplugin test', 'kplugin install <zip> --host <host> --allow-silence'],
  },
  'plugin-dead': {
    what: 'The process of the plugin has ended.',
    why: 'eKuiper never starts it again by itself, and rules that use it go on reporting running.',
    fix: 'Restart it; what it printed last is only in the log of eKuiper. serve shows it.',
    commands: ['kplugin restart <plugin> --host <host>', 'kplugin serve <dir>'],
  },
  'plugin-hangs': {
    what: 'After an update no function of the plugin answers, although eKuiper says that it runs.',
    why: 'eKuiper may take a message of the previous process for the handshake of the new one. The program hangs at its start, or needs longer than was waited.',
    fix: 'See where it stays; --timeout waits longer for a program that starts slowly.',
    commands: ['kplugin test', 'kplugin install <zip> --host <host> --timeout 10m'],
  },
  'plugin-starting': {
    what: 'The plugin has not reported back yet.',
    why: 'eKuiper waits for its handshake.',
    fix: 'Ask again in a moment.',
    commands: ['kplugin status <plugin> --host <host>'],
  },
  'plugin-stopped': {
    what: 'The plugin was stopped.',
    why: 'eKuiper does not start it again by itself.',
    fix: 'Restart it.',
    commands: ['kplugin restart <plugin> --host <host>'],
  },
  'plugin-unknown': {
    what: 'It is not known whether the plugin runs.',
    why: 'eKuiper 1.x does not report it; newer ones may not answer.',
    fix: 'Check the other messages of the host.',
    commands: ['kplugin describe <plugin> --host <host>', 'kplugin doctor --host <host>'],
  },
  'registrations-unreported': {
    what: 'Which uploads are needed is not known, so none was removed.',
    why: 'eKuiper before 1.8 does not report what its plugins were installed from.',
    fix: 'Update eKuiper.',
    commands: ['kplugin list --host <host>'],
  },
  'plugin-in-use': {
    what: 'Rules use the plugin, so it was not removed.',
    why: 'eKuiper would remove it all the same, and the rules would go on reporting running without doing anything.',
    fix: 'Delete or change the rules first. --force removes it all the same.',
    commands: [
      'kplugin describe <plugin> --host <host>',
      'kplugin remove <plugin> --host <host> --force',
    ],
  },
  'still-there': {
    what: 'eKuiper answered that the plugin is deleted, and it is still there.',
    why: 'Somebody installed it again at the same moment.',
    fix: 'See what is there, then remove it again.',
    commands: ['kplugin describe <plugin> --host <host>', 'kplugin remove <plugin> --host <host>'],
  },
  'not-abandoned': {
    what: 'What was left of an interrupted change could not be removed completely.',
    why: 'The message names the part that the host refused.',
    fix: 'Run it again.',
    commands: ['kplugin remove <plugin> --host <host>'],
  },
  'not-on-every-host': {
    what: 'A command that reads several hosts could not read all of them, or found something wrong.',
    why: 'Each line of the output states the reason; the other hosts were read.',
    fix: 'Correct the error in the line of the host.',
    commands: ['kplugin doctor --host <host>'],
  },
  'rollout-incomplete': {
    what: 'Not every host has the change.',
    why: 'Some failed, or were not started because others had failed (--max-failures). Each line states which.',
    fix: 'Correct what failed, then run the same command again: hosts that have it are left alone.',
    commands: ['kplugin status <plugin> --group <group>'],
  },
} satisfies ErrorEntries;
