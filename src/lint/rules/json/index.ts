import type { Rule } from '../../engine/rule.ts';
import { jsonByteOrderMark } from './json-byte-order-mark.ts';
import { jsonComment } from './json-comment.ts';
import { jsonDuplicateKey } from './json-duplicate-key.ts';
import { jsonEmpty } from './json-empty.ts';
import { jsonKeyCase } from './json-key-case.ts';
import { jsonNotObject } from './json-not-object.ts';
import { jsonSyntax } from './json-syntax.ts';
import { jsonTrailingComma } from './json-trailing-comma.ts';
import { projectConfigUnknownKey } from './project-config-unknown-key.ts';

export const JSON_RULES: readonly Rule[] = [
  jsonByteOrderMark,
  jsonComment,
  jsonTrailingComma,
  jsonEmpty,
  jsonSyntax,
  jsonNotObject,
  jsonDuplicateKey,
  jsonKeyCase,
  projectConfigUnknownKey,
];
