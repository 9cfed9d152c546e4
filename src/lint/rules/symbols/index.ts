import type { Rule } from '../../rule.ts';

export const SYMBOL_RULES: readonly Rule[] = [];
