import type { Rule } from '../../engine/rule.ts';
import { functionsLostOnUpdate } from './functions-lost-on-update.ts';
import { hardCodedPath } from './hard-coded-path.ts';
import { programFileLeftOut } from './program-file-left-out.ts';
import { programFileMissing } from './program-file-missing.ts';
import { programNameMismatch } from './program-name-mismatch.ts';
import { programNotChecked } from './program-not-checked.ts';
import { programSymbolMissing } from './program-symbol-missing.ts';
import { programSymbolUndeclared } from './program-symbol-undeclared.ts';

export const PROGRAM_RULES: readonly Rule[] = [
  programNameMismatch,
  programSymbolMissing,
  programSymbolUndeclared,
  hardCodedPath,
  programFileLeftOut,
  programFileMissing,
  programNotChecked,
  functionsLostOnUpdate,
];
