import type { Rule } from '../../engine/rule.ts';
import { yamlClearSecret } from './yaml-clear-secret.ts';
import { yamlDuplicateKey } from './yaml-duplicate-key.ts';
import { yamlEnvironmentPrefix } from './yaml-environment-prefix.ts';
import { yamlExtension } from './yaml-extension.ts';
import { yamlGroupNotMapping } from './yaml-group-not-mapping.ts';
import { yamlKeyCase } from './yaml-key-case.ts';
import { yamlKeyNotText } from './yaml-key-not-text.ts';
import { yamlKeyUnlisted } from './yaml-key-unlisted.ts';
import { yamlKeysDifferInCase } from './yaml-keys-differ-in-case.ts';
import { yamlNoDefault } from './yaml-no-default.ts';
import { yamlNotChecked } from './yaml-not-checked.ts';
import { yamlNotMapping } from './yaml-not-mapping.ts';
import { yamlSeveralDocuments } from './yaml-several-documents.ts';
import { yamlSyntax } from './yaml-syntax.ts';
import { yamlValueNotJson } from './yaml-value-not-json.ts';

export const SOURCE_YAML_RULES: readonly Rule[] = [
  yamlExtension,
  yamlSyntax,
  yamlValueNotJson,
  yamlNotChecked,
  yamlDuplicateKey,
  yamlNotMapping,
  yamlGroupNotMapping,
  yamlKeyNotText,
  yamlKeysDifferInCase,
  yamlKeyCase,
  yamlKeyUnlisted,
  yamlNoDefault,
  yamlSeveralDocuments,
  yamlEnvironmentPrefix,
  yamlClearSecret,
];
