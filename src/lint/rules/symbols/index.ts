import type { Rule } from '../../engine/rule.ts';
import { functionUndeclared } from './function-undeclared.ts';
import { functionUndescribed } from './function-undescribed.ts';
import { symbolFileMissing } from './symbol-file-missing.ts';
import { symbolFileUndeclared } from './symbol-file-undeclared.ts';
import { symbolYamlUnread } from './symbol-yaml-unread.ts';

export const SYMBOL_RULES: readonly Rule[] = [
  symbolFileMissing,
  functionUndescribed,
  functionUndeclared,
  symbolFileUndeclared,
  symbolYamlUnread,
];
