import { readErrorBody } from '../../../../src/deploy/client/error-body.ts';
import { TARGET_NAMES, TARGETS } from '../../../../src/model/target.ts';
import { recordedCases } from '../../../e2e/conformance/cases.ts';

/** A refusal that an upload, an install, an update or a removal met on a real server. */
export interface RecordedRefusal {
  readonly version: string;
  /** `POST`, `PUT`, `DELETE` or `upload`. */
  readonly verb: string;
  readonly case: string;
  readonly status: number;
  readonly words: string;
}

const PATHS = /^\/(plugins\/portables|config\/uploads)/;

/** Every recorded refusal of a request that kplugin makes, of all six versions. */
export function recordedRefusals(folder: string): RecordedRefusal[] {
  return TARGET_NAMES.flatMap((target) =>
    recordedCases(folder, target).flatMap(({ name, steps }) =>
      steps.flatMap(({ step, recorded }) => {
        const [verb, path] = step.req ?? ['upload', '/config/uploads'];
        if (!PATHS.test(path) || verb === 'GET' || (recorded?.status ?? 0) < 400) return [];
        const { words } = readErrorBody(recorded?.body ?? '');
        return [
          { version: TARGETS[target], verb, case: name, status: recorded?.status ?? 0, words },
        ];
      }),
    ),
  );
}
