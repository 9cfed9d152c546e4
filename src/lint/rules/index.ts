import type { Rule } from '../engine/rule.ts';
import { EXECUTABLE_RULES } from './executable/index.ts';
import { JSON_RULES } from './json/index.ts';
import { MANIFEST_RULES } from './manifest/index.ts';
import { METADATA_RULES } from './metadata/index.ts';
import { PACKAGE_RULES } from './package/index.ts';
import { PROGRAM_RULES } from './program/index.ts';
import { SOURCE_YAML_RULES } from './source-yaml/index.ts';
import { SYMBOL_RULES } from './symbols/index.ts';

/** Every rule, grouped by what it checks, in the order of `kplugin explain`. */
export const RULE_GROUPS: Readonly<Record<string, readonly Rule[]>> = {
  manifest: MANIFEST_RULES,
  package: PACKAGE_RULES,
  executable: EXECUTABLE_RULES,
  program: PROGRAM_RULES,
  json: JSON_RULES,
  symbols: SYMBOL_RULES,
  metadata: METADATA_RULES,
  'source-yaml': SOURCE_YAML_RULES,
};

export const RULES: readonly Rule[] = Object.values(RULE_GROUPS).flat();
