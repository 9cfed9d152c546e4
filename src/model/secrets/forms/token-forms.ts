import { CLOUD_TOKENS } from './tokens/of-clouds.ts';
import { FORGE_TOKENS } from './tokens/of-forges.ts';
import { MODEL_TOKENS } from './tokens/of-models.ts';
import { SERVICE_TOKENS } from './tokens/of-services.ts';
import type { TokenForm } from './tokens/token-form.ts';

/**
 * A table of ours, because the maintained ones do not fit. `@secretlint/secretlint-rule-preset-recommend` (MIT) is
 * 218 kB of JavaScript, knows no UTF-16 and no escaped keys, and takes every user:password@ for a secret; the rules of
 * gitleaks (MIT) are written for Go's linear regular expressions and ask for a password next to many ordinary words:
 * a program left out wrongly is worse here than a report of a scanner. So: all tokens of theirs that their issuer marks
 * with a fixed part of three characters or more that data does not have by chance, and some that they lack, each with a
 * pattern of bounded length.
 */
export const TOKEN_FORMS: readonly TokenForm[] = [
  ...CLOUD_TOKENS,
  ...FORGE_TOKENS,
  ...SERVICE_TOKENS,
  ...MODEL_TOKENS,
];
