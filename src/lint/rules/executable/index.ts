import type { Rule } from '../../rule.ts';

export const EXECUTABLE_RULES: readonly Rule[] = [];
