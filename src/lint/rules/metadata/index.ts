import type { Rule } from '../../rule.ts';

export const METADATA_RULES: readonly Rule[] = [];
