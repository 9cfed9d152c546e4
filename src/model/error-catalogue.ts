import { CHANGE_ERRORS } from './errors/change-errors.ts';
import { HOST_REMARKS, LOCAL_REMARKS } from './errors/doctor-remarks.ts';
import type { ErrorEntry } from './errors/entry.ts';
import { HOST_ERRORS } from './errors/host-errors.ts';
import { MACHINE_ERRORS } from './errors/machine-errors.ts';
import { PLUGIN_ERRORS } from './errors/plugin-errors.ts';
import { CASE_ISSUES, RUN_ERRORS } from './errors/run-errors.ts';
import { USAGE_ERRORS } from './errors/usage-errors.ts';

/** The type of `code` of {@link KpluginError}. */
export type ErrorCode =
  | keyof typeof USAGE_ERRORS
  | keyof typeof MACHINE_ERRORS
  | keyof typeof PLUGIN_ERRORS
  | keyof typeof HOST_ERRORS
  | keyof typeof CHANGE_ERRORS
  | keyof typeof RUN_ERRORS
  // The suffix is the id of a message of eKuiper, explained in src/client/messages.
  | `host-refused-${string}`;

/** The id of a finding in a case file, used in place of a rule id. */
export type CaseIssue = keyof typeof CASE_ISSUES;

/** The id of a line of `doctor`. */
export type RemarkId =
  | keyof typeof LOCAL_REMARKS
  | keyof typeof HOST_REMARKS
  // The suffix is the id of a defect in src/doctor/host/defect-table.ts, which has its own texts.
  | `host-defect-${string}`;

/** Every code with its area and texts. Only `explain` loads the texts; other modules use the types above. */
export const CATALOGUE: ReadonlyMap<string, ErrorEntry & { readonly area: string }> = new Map(
  Object.entries({
    usage: USAGE_ERRORS,
    machine: MACHINE_ERRORS,
    plugin: PLUGIN_ERRORS,
    host: HOST_ERRORS,
    change: CHANGE_ERRORS,
    run: RUN_ERRORS,
    case: CASE_ISSUES,
    doctor: { ...LOCAL_REMARKS, ...HOST_REMARKS },
  }).flatMap(([area, entries]) =>
    Object.entries<ErrorEntry>(entries).map(([code, entry]) => [code, { area, ...entry }] as const),
  ),
);
