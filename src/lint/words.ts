import { fileWord } from '../model/shell-word.ts';
import { isRewritable } from '../model/view.ts';
import type { Subject } from './subject.ts';

const REFUSES = 'eKuiper refuses the install';

/** An effect: the install is answered 400 with these words of eKuiper's. */
export function refused(words: string): string {
  return `${REFUSES}: "fail to install plugin: ${words}"`;
}

/** Whether an effect is that eKuiper takes nothing of the package. */
export const isRefusal = (effect: string): boolean => effect.startsWith(REFUSES);

/** What eKuiper would do with a package that it refuses for something else. */
export function unlessRefused(effect: string): string {
  return effect.startsWith('eKuiper ') && !isRefusal(effect)
    ? `If it accepted the package: ${effect}`
    : effect;
}

/**
 * An effect: the process cannot be started. 2.x tries at once and refuses the install; 1.14 answers 201 and
 * fails when the first rule needs the plugin (real-servers.md §1).
 */
export function failsToStart(subject: Subject, words: string): string {
  if (subject.manners.startsAtInstall) return refused(words);
  return `eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "${words}"`;
}

/**
 * The fix that writes a package anew, and what that changes: `it writes 0644`. In a project packing is enough; a zip that
 * pack --from cannot read has to be made again.
 */
export function repack({ view }: Subject, does: string, flags = ''): string {
  if (view.form === 'directory') return `Run kplugin pack: ${does}`;
  const command = `Run kplugin pack --from ${fileWord(view.label)}`;
  return view.problems.every(isRewritable)
    ? `${command}${flags}: ${does}`
    : `Make the package again with kplugin pack in the project: ${does}`;
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
