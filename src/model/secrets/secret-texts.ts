import { HEADERS_IN_BASE64, isPrivateKeyInBase64 } from './private-key-base64.ts';
import { DER_IN_BASE64, isPrivateKeyDerInBase64 } from './private-key-der-base64.ts';
import { isPrivateJwk } from './private-key-jwk.ts';
import { isPuttyKey } from './private-key-putty.ts';
import { type Hit, isPrivateKeyText } from './private-key-text.ts';

/** Something secret that can be told by its text alone. */
export interface SecretText {
  /** With its article: `a GitHub token`. */
  readonly what: string;
  /** A private key, which nothing lets into a package. */
  readonly isPrivateKey: boolean;
  /** What it begins with; found quickly, whatever stands around it. */
  readonly needles: readonly string[];
  /** Whether what follows a needle makes it the secret. */
  isIt(hit: Hit): boolean;
}

/**
 * A table of ours, because the maintained ones do not fit. `@secretlint/secretlint-rule-preset-recommend` (MIT) is
 * 218 kB of JavaScript, knows no UTF-16 and no escaped keys, and takes every user:password@ for a secret; the rules of
 * gitleaks (MIT) are written for Go's linear regular expressions and ask for a password next to many ordinary words:
 * a program left out wrongly is worse here than a report of a scanner. So: tokens that their issuer marks with a fixed
 * prefix, as both have them, each with a pattern of bounded length. JSON Web Tokens are left alone: most are samples.
 */
export const SECRET_TEXTS: readonly SecretText[] = [
  key('a private key', ['-----BEGIN', '---- BEGIN '], isPrivateKeyText),
  key('a private key', HEADERS_IN_BASE64, isPrivateKeyInBase64),
  key('a private key', DER_IN_BASE64, isPrivateKeyDerInBase64),
  key('a private key of PuTTY', ['PuTTY-User-Key-File-'], isPuttyKey),
  key('a private key of age', ['AGE-SECRET-KEY-1'], then(/[A-Z0-9]{50}/y)),
  key(
    'a private key of WireGuard',
    ['PrivateKey'],
    then(/[ \t]{0,8}=[ \t]{0,8}[A-Za-z0-9+/]{43}=/y),
  ),
  key('a private key (JWK)', ['kty'], isPrivateJwk),

  token('an AWS access key', ['AKIA', 'ASIA'], /[A-Z2-7]{16}(?![A-Za-z0-9_])/y, /EXAMPLE$/),
  token('an AWS secret key', ['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY'], assigned(40)),
  token('an AWS secret key', ['SecretAccessKey', 'secretAccessKey'], assigned(40), /EXAMPLE/),
  token(
    'an Azure storage key',
    ['AccountKey='],
    /[A-Za-z0-9+/]{86}==/y,
    /^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6/,
  ),
  token('an Azure access key', ['SharedAccessKey='], /[A-Za-z0-9+/]{43}=/y),
  token('a Google API key', ['AIza'], /[\w-]{35}(?![\w-])/y),
  token('a Google client secret', ['GOCSPX-'], /[\w-]{28}/y),
  token('an Alibaba Cloud access key', ['LTAI'], /[A-Za-z0-9]{20}(?![A-Za-z0-9])/y),
  token('a Tencent Cloud access key', ['AKID'], /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y),
  token('a DigitalOcean token', ['dop_v1_', 'doo_v1_'], /[a-f0-9]{64}/y),
  token('a Databricks token', ['dapi'], /[a-f0-9]{32}(?![a-f0-9])/y),
  token('a GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], /[A-Za-z0-9]{36}/y),
  token('a GitHub token', ['github_pat_'], /\w{40}/y),
  token('a GitLab token', ['glpat-', 'gldt-', 'glrt-'], /[\w-]{20}/y),
  token('a Slack token', ['xoxa-', 'xoxb-', 'xoxe-', 'xoxp-', 'xoxr-', 'xoxs-'], /\d[\w-]{14}/y),
  token('a Slack token', ['xapp-'], /\d-[\w-]{14}/y),
  token('a Slack webhook', ['hooks.slack.com/services/'], /T\w{6,12}\/B\w{6,12}\/\w{20}/y),
  token('a Stripe key', ['sk_live_', 'rk_live_'], /[A-Za-z0-9]{16}/y),
  token('a SendGrid key', ['SG.'], /[\w-]{22}\.[\w-]{43}/y),
  token('a Shopify token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], /[a-fA-F0-9]{32}/y),
  token('an npm token', ['npm_'], /[A-Za-z0-9]{36}/y),
  token('a PyPI token', ['pypi-AgEIcHlwaS5vcmc'], /[\w-]{50}/y),
  token('a Docker Hub token', ['dckr_pat_'], /[\w-]{27}/y),
  token('a Hugging Face token', ['hf_'], /[A-Za-z0-9]{34}(?!\w)/y),
  token('an OpenAI key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], /[\w-]{40}/y),
  token('an Anthropic key', ['sk-ant-'], /[a-z]{3,5}\d\d-[\w-]{80}/y),
  token('a Vault token', ['hvs.', 'hvb.'], /[\w-]{24}/y),
  token('a Grafana token', ['glsa_'], /[A-Za-z0-9]{32}_[a-fA-F0-9]{8}/y),
  token('a Tailscale key', ['tskey-auth-', 'tskey-api-', 'tskey-client-'], /\w{8}/y),
];

/** `name = value`, `"name": "value"` with a value of just that many characters of base64. */
function assigned(length: number): RegExp {
  return new RegExp(
    `["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}(?![A-Za-z0-9+/=])`,
    'y',
  );
}

function key(
  what: string,
  needles: readonly string[],
  isIt: SecretText['isIt'] = () => true,
): SecretText {
  return { what, isPrivateKey: true, needles, isIt };
}

/** `sample`: what is no secret, because its issuer prints it in documents. */
function token(
  what: string,
  needles: readonly string[],
  rest: RegExp,
  sample?: RegExp,
): SecretText {
  const follows = then(rest, sample);
  const isIt = (hit: Hit): boolean => !isInsideWord(hit) && follows(hit);
  return { what, isPrivateKey: false, needles, isIt };
}

/** Whether this follows the needle, and is no row of x that keeps a place free. */
function then(rest: RegExp, sample?: RegExp): SecretText['isIt'] {
  return ({ text, end }) => {
    rest.lastIndex = end;
    const found = rest.exec(text)?.[0];
    return found !== undefined && !/^[xX*.-]+$/.test(found) && !sample?.test(found);
  };
}

/** `my_ghp_…` is another word; what an escape ends in (`\nghp_…`, `%3Dghp_…`) is none. */
function isInsideWord({ text, at }: Hit): boolean {
  if (!/\w/.test(text[at - 1] ?? '')) return false;
  const front = text.slice(Math.max(0, at - 6), at);
  return !/(?:\\[nrtbfv0]|\\u[0-9A-Fa-f]{4}|(?:\\x|%)[0-9A-Fa-f]{2})$/.test(front);
}
