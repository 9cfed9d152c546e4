import type { Rule } from '../../rule.ts';

export const PROGRAM_RULES: readonly Rule[] = [];
