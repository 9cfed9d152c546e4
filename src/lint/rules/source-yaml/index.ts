import type { Rule } from '../../rule.ts';

export const SOURCE_YAML_RULES: readonly Rule[] = [];
