import type { Rule } from '../../engine/rule.ts';
import { fieldControlUnknown } from './field-control-unknown.ts';
import { fieldDefaultType } from './field-default-type.ts';
import { fieldDuplicateName } from './field-duplicate-name.ts';
import { fieldListDefault } from './field-list-default.ts';
import { fieldOddPair } from './field-odd-pair.ts';
import { fieldSelectValues } from './field-select-values.ts';
import { fieldTypeUnknown } from './field-type-unknown.ts';
import { functionListMissing } from './function-list-missing.ts';
import { metadataAboutMissing } from './metadata-about-missing.ts';
import { metadataDetailsMissing } from './metadata-details-missing.ts';
import { metadataKeyMissing } from './metadata-key-missing.ts';
import { metadataLegacyKey } from './metadata-legacy-key.ts';
import { metadataNameMissing } from './metadata-name-missing.ts';
import { metadataNodeLabel } from './metadata-node-label.ts';
import { metadataTranslationMissing } from './metadata-translation-missing.ts';
import { metadataUnknownKey } from './metadata-unknown-key.ts';
import { metadataWrongType } from './metadata-wrong-type.ts';
import { sinkPropertiesShape } from './sink-properties-shape.ts';
import { sourcePropertiesMissing } from './source-properties-missing.ts';
import { sourcePropertiesShape } from './source-properties-shape.ts';

export const METADATA_RULES: readonly Rule[] = [
  metadataAboutMissing,
  metadataWrongType,
  metadataUnknownKey,
  metadataKeyMissing,
  metadataNameMissing,
  metadataTranslationMissing,
  metadataNodeLabel,
  metadataDetailsMissing,
  metadataLegacyKey,
  sourcePropertiesShape,
  sourcePropertiesMissing,
  sinkPropertiesShape,
  functionListMissing,
  fieldListDefault,
  fieldDuplicateName,
  fieldDefaultType,
  fieldSelectValues,
  fieldControlUnknown,
  fieldTypeUnknown,
  fieldOddPair,
];
