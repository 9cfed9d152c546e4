import type { Rule } from '../../rule.ts';

export const PACKAGE_RULES: readonly Rule[] = [];
