import { CLOUD_TOKENS } from './tokens/of-clouds.ts';
import { FORGE_TOKENS } from './tokens/of-forges.ts';
import { MODEL_TOKENS } from './tokens/of-models.ts';
import { SERVICE_TOKENS } from './tokens/of-services.ts';
import type { TokenForm } from './tokens/token-form.ts';

/**
 * A table of ours, because the maintained ones do not fit. `@secretlint/secretlint-rule-preset-recommend` (MIT) is
 * 218 kB of JavaScript, does not support UTF-16 or escaped keys, and reports every user:password@ as a secret. The
 * rules of gitleaks (MIT) are written for Go's linear regular expressions, and report values near many ordinary
 * words: wrongly excluding a program is worse here than a false report of a scanner. So: all their tokens with a
 * fixed part of three characters or more that does not occur in data by chance, and some that they lack, each with a
 * pattern of bounded length.
 */
export const TOKEN_FORMS: readonly TokenForm[] = [
  ...CLOUD_TOKENS,
  ...FORGE_TOKENS,
  ...SERVICE_TOKENS,
  ...MODEL_TOKENS,
];
