import { fileWord } from '../model/shell-word.ts';
import type { Subject } from './subject.ts';

/** An effect: the install is answered 400 with these words of eKuiper's. */
export function refused(words: string): string {
  return `eKuiper refuses the install: "fail to install plugin: ${words}"`;
}

/**
 * An effect: the process cannot be started. 2.x tries at once and refuses the install; 1.14 answers 201 and
 * fails when the first rule needs the plugin (real-servers.md §1).
 */
export function failsToStart(subject: Subject, words: string): string {
  if (subject.manners.startsAtInstall) return refused(words);
  return `eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "${words}"`;
}

/** The mend of a wrong zip that kplugin can repack; in a project packing is enough. */
export function repack(subject: Subject): string {
  const { form, label } = subject.view;
  if (form === 'directory') return 'Run kplugin pack';
  return `Run kplugin pack --from ${fileWord(label)}`;
}

/** `1 entry`, `3 entries`: a count with its noun. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * An effect: the process starts and dies (or never says its name). 2.x waits its `initTimeout` (60 s as shipped) and
 * refuses the install without telling why; 1.14 answers 201 (real-servers.md §1).
 */
export function neverShakesHands(subject: Subject, reason: string): string {
  const then = subject.manners.startsAtInstall
    ? 'eKuiper waits 60 s, then refuses the install: "control handshake error: receive time out"'
    : 'eKuiper 1.14 answers 201, and every rule that uses the plugin fails';
  return `${reason}; ${then}`;
}
