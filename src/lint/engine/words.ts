import { has } from '../../model/behaviours.ts';
import { fileWord, shellWordOr } from '../../model/shell-word.ts';
import type { PluginView, ViewProblem } from '../../model/view.ts';
import type { Subject } from '../subject/subject.ts';
import type { Repair } from './rule.ts';

const REFUSES = 'eKuiper refuses the install';

/** An effect: the install is answered 400 with these words of eKuiper's. */
export function refused(words: string): string {
  return `${REFUSES}: "fail to install plugin: ${words}"`;
}

/** Whether an effect is that eKuiper takes nothing of the package. */
export const isRefusal = (effect: string): boolean => effect.startsWith(REFUSES);

/** A sentence that eKuiper does something: `eKuiper unpacks`, `eKuiper on Linux takes`, `eKuiper 2.4 starts`. */
const DOES = /\beKuiper(?: on Linux| \d[\w.]*)? (?!refuses\b)[a-z]+s\b/;

/** What eKuiper would do with a package that it refuses for something else. */
export function unlessRefused(effect: string): string {
  if (isRefusal(effect) || !DOES.test(effect)) return effect;
  return `If eKuiper accepted the package: ${effect.replace(/^(?:Only|The|What)\b/, (word) => word.toLowerCase())}`;
}

/**
 * An effect: the process cannot be started. 2.x tries at once and refuses the install; 1.14 answers 201 and
 * fails when the first rule needs the plugin (docs/ekuiper.md#start-at-the-install).
 */
export function failsToStart(subject: Subject, words: string): string {
  if (has(subject.target, 'starts-at-install')) return refused(words);
  return `eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "${words}"`;
}

/** The fix that writes a package anew, and what that changes: `it writes 0644`. */
export function repack(does: string, more: Partial<Repair> = {}): Repair {
  return { first: '', flags: '', does, ...more };
}

/** The one place that says which repair there is: in a project packing; a zip is repacked, or made again where that fails. */
export async function repairText(view: PluginView, repair: Repair): Promise<string> {
  const { first, does, flags } = repair;
  const lead = first === '' ? '' : `${first} `;
  if (view.form === 'directory') return `${lead}Run kplugin pack: ${does}`;
  const can = (await view.repacking?.()) ?? 'possible';
  if (can === 'impossible') {
    return `${lead}Make the package again with kplugin pack in the project: ${does}`;
  }
  const run = can === 'untried' ? 'Try' : 'Run';
  const command =
    view.isPiped === true
      ? `${lead}Write the zip to a file and ${run.toLowerCase()} kplugin pack --from <file>`
      : `${lead}${run} kplugin pack --from ${fileWord(view.label)}`;
  if (flags !== '' || can !== 'named') return `${command}${flags}: ${does}`;
  return `${command} --name-encoding ${shellWordOr(likelyEncoding(view), '<encoding>')}: ${does}`;
}

/** Of names that can be read in several ways. */
function likelyEncoding({ problems }: PluginView): string | undefined {
  const isUnsure = ({ kind, encodings }: ViewProblem): boolean =>
    kind === 'foreign-name' && encodings?.length !== 1;
  return problems.find(isUnsure)?.encodings?.[0];
}

/** `1 entry`, `3 entries`: a count with its noun. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * An effect: the process starts and dies (or never says its name). 2.x waits its `initTimeout` (60 s as shipped) and
 * refuses the install without telling why; 1.14 answers 201 (docs/ekuiper.md#start-at-the-install).
 */
export function neverShakesHands(subject: Subject, reason: string): string {
  const then = has(subject.target, 'starts-at-install')
    ? 'eKuiper waits 60 s, then refuses the install: "control handshake error: receive time out"'
    : 'eKuiper 1.14 answers 201, and every rule that uses the plugin fails';
  return `${reason}; ${then}`;
}
