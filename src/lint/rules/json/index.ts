import type { Rule } from '../../rule.ts';

export const JSON_RULES: readonly Rule[] = [];
