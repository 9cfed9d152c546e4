import type { Rule } from '../../engine/rule.ts';
import { builtinShadowed } from './builtin-shadowed.ts';
import { condaIgnored } from './conda-ignored.ts';
import { condaWithoutEnv } from './conda-without-env.ts';
import { duplicateSymbol } from './duplicate-symbol.ts';
import { emptySymbol } from './empty-symbol.ts';
import { executableInSymbolFolder } from './executable-in-symbol-folder.ts';
import { executableMissing } from './executable-missing.ts';
import { executableNotClean } from './executable-not-clean.ts';
import { executableNotPacked } from './executable-not-packed.ts';
import { functionIsKeyword } from './function-is-keyword.ts';
import { functionNotCallable } from './function-not-callable.ts';
import { languageMissing } from './language-missing.ts';
import { languageUnsupported } from './language-unsupported.ts';
import { manifestAmbiguous } from './manifest-ambiguous.ts';
import { manifestDotSlash } from './manifest-dot-slash.ts';
import { manifestExtensionCase } from './manifest-extension-case.ts';
import { manifestInFolder } from './manifest-in-folder.ts';
import { manifestMissing } from './manifest-missing.ts';
import { manifestNameCase } from './manifest-name-case.ts';
import { manifestUnknownKey } from './manifest-unknown-key.ts';
import { manifestWrongType } from './manifest-wrong-type.ts';
import { nameMismatch } from './name-mismatch.ts';
import { noSymbols } from './no-symbols.ts';
import { packageNameDiffers } from './package-name-differs.ts';
import { pluginNameInvalid } from './plugin-name-invalid.ts';
import { symbolNameInvalid } from './symbol-name-invalid.ts';
import { symbolNameTooLong } from './symbol-name-too-long.ts';
import { versionMissing } from './version-missing.ts';
import { versionNotSemver } from './version-not-semver.ts';
import { virtualEnvUnsupported } from './virtual-env-unsupported.ts';

export const MANIFEST_RULES: readonly Rule[] = [
  manifestMissing,
  manifestInFolder,
  manifestDotSlash,
  manifestExtensionCase,
  manifestNameCase,
  packageNameDiffers,
  manifestAmbiguous,
  manifestWrongType,
  manifestUnknownKey,
  nameMismatch,
  pluginNameInvalid,
  versionMissing,
  versionNotSemver,
  languageMissing,
  languageUnsupported,
  executableMissing,
  executableNotClean,
  executableInSymbolFolder,
  executableNotPacked,
  noSymbols,
  emptySymbol,
  duplicateSymbol,
  symbolNameInvalid,
  symbolNameTooLong,
  functionNotCallable,
  functionIsKeyword,
  builtinShadowed,
  virtualEnvUnsupported,
  condaWithoutEnv,
  condaIgnored,
];
