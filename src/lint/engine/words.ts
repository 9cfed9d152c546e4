import { has } from '../../model/behaviours.ts';
import { fileWord, shellWordOr } from '../../model/shell-word.ts';
import type { PluginView, ViewProblem } from '../../model/view.ts';
import type { Subject } from '../subject/subject.ts';
import type { Repair } from './rule.ts';

const REFUSES = 'eKuiper refuses the install';

/** Effect text: the install is answered 400 with this message of eKuiper. */
export function refused(words: string): string {
  return `${REFUSES}: "fail to install plugin: ${words}"`;
}

/** Whether an effect text says that eKuiper refuses the whole package. */
export const isRefusal = (effect: string): boolean => effect.startsWith(REFUSES);

/** Matches a sentence about an action of eKuiper: `eKuiper unpacks`, `eKuiper on Linux takes`, `eKuiper 2.4 starts`. */
const DOES = /\beKuiper(?: on Linux| \d[\w.]*)? (?!refuses\b)[a-z]+s\b/;

/** Effect text for a package that eKuiper refuses because of another finding. */
export function unlessRefused(effect: string): string {
  if (isRefusal(effect) || !DOES.test(effect)) return effect;
  return `If eKuiper accepted the package: ${effect.replace(/^(?:Only|The|What)\b/, (word) => word.toLowerCase())}`;
}

/**
 * Effect text: the process cannot be started. 2.x starts it at once and refuses the install; 1.14 answers 201 and fails
 * when the first rule needs the plugin (docs/ekuiper.md#start-at-the-install).
 */
export function failsToStart(subject: Subject, words: string): string {
  if (has(subject.target, 'starts-at-install')) return refused(words);
  return `eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "${words}"`;
}

/**
 * Effect text: the process starts and exits (or never sends its name). 2.x waits its `initTimeout` (default 60 s) and
 * refuses the install without a reason; 1.14 answers 201 (docs/ekuiper.md#start-at-the-install).
 */
export function failsHandshake(subject: Subject, reason: string): string {
  const then = has(subject.target, 'starts-at-install')
    ? 'eKuiper waits 60 s, then refuses the install: "control handshake error: receive time out"'
    : 'eKuiper 1.14 answers 201, and every rule that uses the plugin fails';
  return `${reason}; ${then}`;
}

/** A fix that repacks the package; `does` says what that changes: `it writes 0644`. */
export function repack(does: string, more: Partial<Repair> = {}): Repair {
  return { first: '', flags: '', does, ...more };
}

/**
 * The text of a repair: `pack` for a project; for a zip `pack --from`, or packing the project again where that is not
 * possible.
 */
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

/** The likely encoding of entry names that can be decoded in several ways. */
function likelyEncoding({ problems }: PluginView): string | undefined {
  const isUnsure = ({ kind, encodings }: ViewProblem): boolean =>
    kind === 'foreign-name' && encodings?.length !== 1;
  return problems.find(isUnsure)?.encodings?.[0];
}

/** `1 entry`, `3 entries`: a count with its noun. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
