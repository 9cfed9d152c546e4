import type { Ended } from './command.ts';
import type { Stage } from './stage.ts';
import { showsToken } from './token.ts';
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
    ...(says(ended, stage.name, runs, demand) ? [] : [`does not say that ${runs ?? 'none'} runs`]),
    ...(await stage.leftovers()).map((file) => `left ${file} in the temporary folder`),
  ];
  if (ended.code === 0 && runs !== demand.wanted) found.push(`says yes, and ${runs} runs`);
  if (stage.proxy.strangers > 0) found.push(`${stage.proxy.strangers} requests without the token`);
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
    ...(back ? [] : ['the upload of the rollback is gone']),
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
    ...(showsToken(text) ? ['the token'] : []),
  ];
}

/** Whether the output tells what runs now. */
function says(ended: Ended, name: string, runs: string | null, demand: Demand): boolean {
  if (runs !== null && saysThatRuns(ended, name, runs)) return true;
  const text = lastWords(ended);
  if (ended.code === 0) return false;
  if (UNTOUCHED.test(text) && runs === demand.before) return true;
  if (demand.lasting === true && UNKNOWN.test(text)) return true;
  return runs === null && text.includes(`has no ${name}`);
}

const UNTOUCHED = /no change was sent|nothing was (sent|changed|registered)/;
const UNKNOWN = /NOT known|does not answer/;

/** Whether the answer, or the error with which it ended, says that this version runs now. */
export function saysThatRuns(ended: Ended, name: string, version: string): boolean {
  const what = `\\b${name} ${version.replaceAll('.', '\\.')}`;
  if (ended.code === 0) return new RegExp(`${what}\\b`).test(ended.stdout);
  const text = lastWords(ended);
  return new RegExp(`${what} (runs|is registered)\\b|\\bhas ${what}\\b`).test(text);
}

/** Whether it failed, and says that it has changed nothing. */
export function saysUntouched(ended: Ended): boolean {
  return ended.code !== 0 && UNTOUCHED.test(lastWords(ended));
}

/** Whether a kplugin that could not help it tells that nothing runs, or that it cannot know. */
export function admits(ended: Ended, name: string, { before }: Demand): boolean {
  const text = lastWords(ended);
  if (ended.code === 0) return false;
  return before === null || text.includes(`has no ${name}`) || UNKNOWN.test(text);
}

/** The error; what was said on the way to it is no answer. */
function lastWords({ stdout, stderr }: Ended): string {
  return stdout + stderr.slice(Math.max(0, stderr.lastIndexOf('\nerror: ')));
}
