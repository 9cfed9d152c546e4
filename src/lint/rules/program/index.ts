import type { Rule } from '../../engine/rule.ts';
import { functionsLostOnUpdate } from './functions-lost-on-update.ts';
import { hardCodedPath } from './hard-coded-path.ts';
import { methodNeverRuns } from './method-never-runs.ts';
import { programConfigIncomplete } from './program-config-incomplete.ts';
import { programFileLeftOut } from './program-file-left-out.ts';
import { programFileMissing } from './program-file-missing.ts';
import { programNameMismatch } from './program-name-mismatch.ts';
import { programNeverStarts } from './program-never-starts.ts';
import { programNotChecked } from './program-not-checked.ts';
import { programSymbolMissing } from './program-symbol-missing.ts';
import { programSymbolUndeclared } from './program-symbol-undeclared.ts';
import { programSyntax } from './program-syntax.ts';
import { pythonKeepAlive } from './python-keep-alive.ts';
import { sdkNameUnknown } from './sdk-name-unknown.ts';
import { validateWithoutAnswer } from './validate-without-answer.ts';

export const PROGRAM_RULES: readonly Rule[] = [
  programNameMismatch,
  programSymbolMissing,
  programSymbolUndeclared,
  hardCodedPath,
  programFileLeftOut,
  programFileMissing,
  programNotChecked,
  methodNeverRuns,
  programConfigIncomplete,
  programSyntax,
  programNeverStarts,
  sdkNameUnknown,
  validateWithoutAnswer,
  pythonKeepAlive,
  functionsLostOnUpdate,
];
