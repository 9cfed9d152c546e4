import type { Ended } from './command.ts';
import type { Stage } from './stage.ts';
import { running, type Truth } from './truth.ts';

/** What has to be true after a case. */
export interface Demand {
  /** The version that was asked for. */
  readonly wanted: string;
  /** The version that ran before; null for a first installation. */
  readonly before: string | null;
  /** Whether the fault lasts, so that kplugin may be unable to learn what runs: then it has to say so. */
  readonly lasting?: boolean;
  /** The answer has to be yes. */
  readonly done?: boolean;
}

/** What is wrong after a kplugin ended; nothing when the host and its plugin came through. */
export async function verdict(stage: Stage, ended: Ended, demand: Demand): Promise<string[]> {
  const truth = await stage.settledTruth(demand.before === null ? 0 : 4000);
  const runs = running(truth);
  const found = [
    ...hostWrongs(truth, runs, demand),
    ...outputWrongs(ended),
    ...(says(ended, runs, demand) ? [] : [`does not say that ${runs ?? 'none'} runs`]),
    ...(await stage.leftovers()).map((file) => `left ${file} in the temporary folder`),
  ];
  if (ended.code === 0 && runs !== demand.wanted) found.push(`says yes, and ${runs} runs`);
  if (demand.done === true && ended.code !== 0) found.push(`ended with ${ended.code}`);
  if (found.length === 0) return [];
  return [...found, JSON.stringify(truth), ended.stdout, ended.stderr];
}

/** One of the two runs, never none; a first installation may leave nothing. */
function hostWrongs(truth: Truth, runs: string | null, { before, wanted }: Demand): string[] {
  const { registered, upload, uploads } = truth;
  const nothing = before === null && registered === null;
  if (runs === null && !nothing) return ['none runs'];
  if (runs !== null && runs !== before && runs !== wanted) return [`${runs} runs`];
  const lost = upload !== null && !uploads.includes(upload);
  const back = before === null || uploads.some((file) => file.includes(`-${before}-`));
  return [
    ...(lost ? [`the upload ${upload} of what runs is gone`] : []),
    ...(back ? [] : ['the upload of the way back is gone']),
  ];
}

const CODES: readonly (number | null)[] = [0, 1, 2, 3, 130];

/** What no output may be like, whatever happened. */
export function outputWrongs({ code, stdout, stderr }: Ended): string[] {
  const text = stdout + stderr;
  return [
    ...(CODES.includes(code) ? [] : [`exit code ${code}`]),
    ...(/^\s+at .+[:(]\S*:\d+:\d+\)?$/m.test(text) ? ['a stack trace'] : []),
    ...(/bug in kplugin|unhandled/i.test(text) ? ['a bug of kplugin'] : []),
  ];
}

/** Whether the output tells what runs now. */
function says(ended: Ended, runs: string | null, demand: Demand): boolean {
  if (ended.code === 0) return runs !== null && names(ended, runs);
  const text = ended.stdout + ended.stderr;
  if (UNTOUCHED.test(text) && runs === demand.before) return true;
  if (demand.lasting === true && UNKNOWN.test(text)) return true;
  return runs === null ? NONE.test(text) : names(ended, runs);
}

const UNTOUCHED = /nothing was (sent|changed|registered)/;
const UNKNOWN = /not known|does not answer/;
const NONE = /\bhas no plugin\b|as it was before|nothing runs/;

/** Whether the output names the version, other than as a part of a file's name. */
export function names({ stdout, stderr }: Ended, version: string): boolean {
  const text = (stdout + stderr).replace(/\S+\.zip\b/g, '');
  return new RegExp(`\\b${version.replaceAll('.', '\\.')}\\b`).test(text);
}

/** Whether a kplugin that could not help it tells that nothing runs, or that it cannot know. */
export function admits({ code, stdout, stderr }: Ended, { before }: Demand): boolean {
  const text = stdout + stderr;
  return code !== 0 && (before === null || NONE.test(text) || UNKNOWN.test(text));
}
