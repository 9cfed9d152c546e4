import type { InstalledPlugin } from '../../client/answers.ts';
import { isWithin, type VersionRange, versionIn } from '../../model/target.ts';

/** A defect of some eKuiper versions that concerns plugins. */
export interface Defect extends VersionRange {
  readonly id: string;
  readonly does: string;
  /** eKuiper's issue numbers and advisories. */
  readonly issues: readonly string[];
  /** What kplugin does about it. */
  readonly kplugin: string;
  /** Whether it still affects a plugin; absent: it affects none, because kplugin works around it. */
  readonly hurts?: (plugin: InstalledPlugin) => boolean;
  /** It affects every host, whatever is installed. */
  readonly always?: true;
  /** It cannot be seen from outside whether it affects a plugin. */
  readonly unknown?: true;
  /** What the operator can do about it. */
  readonly hint?: string;
}

const isPython = ({ language }: InstalledPlugin): boolean => language === 'python';

/**
 * The defects that concern plugins, oldest first. Sources: docs/ekuiper.md (versions that were run, and code read in
 * the release tags). A version that was not run has the defect from the tag in which the code changed.
 */
export const DEFECTS: readonly Defect[] = [
  {
    id: 'no-uploads',
    before: [1, 6, 0],
    does: 'it takes no uploads: a package must lie where the host itself can fetch it',
    issues: ['#1302'],
    kplugin: 'kplugin cannot install there',
    always: true,
    hint: 'update eKuiper to 1.6 or newer',
  },
  {
    id: 'processes-stay',
    before: [1, 6, 2],
    does: 'the process of a removed plugin lives on',
    issues: ['#1414'],
    kplugin: 'kplugin cannot see it',
    always: true,
    hint: 'end it on the host: pkill -f plugins/portable/<name>/',
  },
  {
    id: 'no-update',
    before: [1, 8, 0],
    does: 'it has no update, no export of what was installed, and no rollback target',
    issues: [],
    kplugin: 'kplugin removes the old version and installs the new one',
    always: true,
    hint: 'keep the package of every version; update eKuiper to 1.8 or newer',
  },
  {
    id: 'functions-lost-at-start',
    since: [1, 8, 0],
    before: [1, 8, 1],
    does: 'functions of plugins are missing after a start of eKuiper',
    issues: ['#1617', '#1618'],
    kplugin: 'nothing fixes it but an update of eKuiper',
    hurts: ({ functions }) => functions.length > 0,
    hint: 'update eKuiper to 1.8.1 or newer',
  },
  {
    id: 'started-late',
    before: [2, 0, 0],
    does: 'it answers "created" even for a plugin that cannot start, starts it with the first rule, and never reports its state',
    issues: [],
    kplugin: 'kplugin install says so and looks at the rules instead',
  },
  {
    id: 'one-mebibyte',
    before: [2, 0, 0],
    does: 'it loses messages above 1 MiB from a plugin',
    issues: ['#3306'],
    kplugin: 'nothing fixes it but an update of eKuiper',
    unknown: true,
  },
  {
    id: 'update-kills',
    before: [2, 1, 0],
    does: 'an update can leave the plugin dead: the old process is killed, the new one not started',
    issues: [],
    kplugin: 'kplugin install sees it and registers the plugin once more',
  },
  {
    id: 'python-buffered',
    before: [2, 1, 1],
    does: "what a Python plugin prints comes late or never into eKuiper's log",
    issues: ['#2485', '#3630'],
    kplugin: 'plugins made by kplugin init flush what they print',
  },
  {
    id: 'keep-alive-refused',
    before: [2, 1, 3],
    does: 'it fails on the keep-alive of the Python SDK 2.4: "receive error: handshake" after 5 idle seconds',
    issues: ['#3967'],
    kplugin: 'kplugin doctor, run on a plugin, compares the versions',
    hurts: isPython,
    hint: 'write ekuiper<2.4 into the requirements.txt of these plugins',
  },
  {
    id: 'path-escape',
    before: [2, 2, 0],
    does: 'uploads and packages can write outside their folders',
    issues: ['GHSA-gj54-gwj9-x2c6', 'GHSA-fv2p-qj5p-wqq4', 'GHSA-rj4j-2jph-gg43'],
    kplugin: 'kplugin pack makes no such package, but others can',
    always: true,
    hint: 'update eKuiper, or let nobody but you reach its REST port',
  },
  {
    id: 'rule-deletion-hangs',
    since: [2, 0, 0],
    before: [2, 3, 0],
    does: 'deleting or restarting a rule whose plugin is gone or dead hangs for more than 40 seconds',
    issues: [],
    kplugin: 'kplugin remove names the rules first',
  },
  {
    id: 'double-dots',
    since: [2, 3, 0],
    before: [2, 4, 0],
    does: 'it refuses every package with two dots in a row in a file name (a..b)',
    issues: [],
    kplugin: 'kplugin validate and install find them before anything is sent',
  },
  {
    id: 'one-directory-level',
    since: [2, 4, 0],
    does: 'it makes one folder level per entry of a package',
    issues: [],
    kplugin: 'kplugin pack writes an entry for every folder',
  },
  {
    id: 'old-source-yaml',
    since: [2, 0, 0],
    does: 'a changed sources/<name>.yaml is not seen after an update',
    issues: [],
    kplugin: 'kplugin install says so, and --apply-config sends it',
  },
  {
    id: 'update-loses-functions',
    since: [1, 8, 0],
    does: 'after an update or a crash, functions that rules use may not answer any more until eKuiper is restarted',
    issues: ['#3784', '#4077'],
    kplugin:
      'plugins in TypeScript, and Python ones with the helper of kplugin init, work around it themselves',
    hurts: ({ functions }) => functions.length > 1,
    hint: 'kplugin validate <dir|zip>\n(of each; tells whether it has the workaround)',
  },
  {
    id: 'dead-stay-dead',
    does: 'a plugin that crashes is never started again, and its rules go on saying running',
    issues: [],
    kplugin: 'kplugin restart brings it back',
  },
];

/** Returns the defects of a version; one that cannot be parsed counts as the newest. */
export function defectsOf(version: string): readonly Defect[] {
  const at = versionIn(version);
  return DEFECTS.filter((defect) => isWithin(at, defect));
}
