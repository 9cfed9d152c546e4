import { readErrorBody } from '../../../../src/client/error-body.ts';
import { TARGET_NAMES, TARGETS } from '../../../../src/model/target.ts';
import { type Recorded, recordedCases } from '../../../e2e/conformance/cases.ts';

/** Words with which a real server said that something is wrong. */
export interface RecordedTrouble {
  /** `2.4.0` */
  readonly version: string;
  readonly case: string;
  /** `POST /plugins/portables`, `upload`, `errMsg`, `exception`. */
  readonly where: string;
  readonly words: string;
}

/**
 * Every answer with a status from 400 on, every `errMsg` of a plugin's status and every exception of a rule that six
 * real servers gave. What the recorder took out of the answer ("*") says nothing.
 */
export function recordedTroubles(folder: string): RecordedTrouble[] {
  return TARGET_NAMES.flatMap((target) =>
    recordedCases(folder, target).flatMap(({ name, steps }) =>
      steps.flatMap(({ step, recorded }) => {
        const where = step.req ? `${step.req[0]} ${step.req[1]}` : 'upload';
        const found = recorded === null ? [] : troublesIn(recorded, where);
        return found.map((one) => ({ ...one, version: TARGETS[target], case: name }));
      }),
    ),
  );
}

function troublesIn(recorded: Recorded, where: string): { where: string; words: string }[] {
  const { status = 0, body = '' } = recorded;
  if (status >= 400) return body === '*' ? [] : [{ where, words: readErrorBody(body).words }];
  const said = body.matchAll(/"(errMsg|[^"]*_last_exception)":("(?:[^"\\]|\\.)+")/g);
  return [...said].flatMap(([, key = '', text = '""']) => {
    const words: unknown = JSON.parse(text);
    if (typeof words !== 'string' || words === '*') return [];
    return [{ where: key === 'errMsg' ? key : 'exception', words }];
  });
}

/** Long words by their head and tail: a traceback is not worth copying. */
export function shortened(words: string): string {
  return words.length <= 260 ? words : `${words.slice(0, 180)} … ${words.slice(-60)}`;
}
