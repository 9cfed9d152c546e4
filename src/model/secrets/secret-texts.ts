import {
  CLEAR_PASSWORD,
  CLEAR_TOKEN,
  isBearerToken,
  isClearPassword,
  isClearToken,
  PASSWORD_NAMES,
  TOKEN_NAMES,
} from './forms/clear-password.ts';
import {
  ENCODED_WEB_TOKEN,
  isEncodedWebToken,
  isInsideWord,
  isJsonWebToken,
  isLikelyWebToken,
  WEB_TOKEN,
  WEB_TOKEN_STARTS,
} from './forms/json-web-token.ts';
import {
  isBasicLogin,
  isCallLogin,
  isCommandLogin,
  isDriverLogin,
  isFlagLogin,
  isMavenLogin,
  isPipedLogin,
  isRegistryLogin,
  isSharedAccessSignature,
  isStatementLogin,
  isTerraformState,
  isUrlPassword,
  LOGIN_CALLS,
  LOGIN_COMMANDS,
  URL_PASSWORD,
} from './forms/logins.ts';
import {
  DER_IN_BASE64,
  isOpenSshInBase64,
  isPrivateKeyDerInBase64,
  OPENSSH_IN_BASE64,
} from './forms/private-key-der.ts';
import {
  isCommentedKey,
  isEthereumStore,
  isInverseQ,
  isOpenVpnKey,
  isPrivateJwk,
  isPuttyKey,
  isRawKey,
  isSignifyKey,
  isXmlKey,
} from './forms/private-key-formats.ts';
import {
  ENCODED_HEADERS,
  isEncodedPrivateKey,
  isSpelledPrivateKey,
  SPELLED_MARKS,
} from './forms/private-key-spelled.ts';
import { type Hit, isPrivateKeyText } from './forms/private-key-text.ts';
import { CLOUD_TOKENS, FORGE_TOKENS } from './forms/tokens/of-clouds.ts';
import { MODEL_TOKENS, SERVICE_TOKENS } from './forms/tokens/of-services.ts';
import type { TokenForm } from './forms/tokens/token-form.ts';

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

const HEADER = '-----BEGIN ';

/** One variant for each offset of the header in a group of three bytes. */
const ENCODED: readonly Encoded[] = [0, 1, 2].map((place) => {
  const encoded = Buffer.from(`${'x'.repeat(place)}${HEADER}`, 'latin1').toString('base64');
  const [from, to] = [Math.ceil((place * 8) / 6), Math.floor(((place + HEADER.length) * 8) / 6)];
  return { before: encoded.slice(0, from), needle: encoded.slice(from, to) };
});

/** The header in base64, independent of what precedes it. */
const HEADERS_IN_BASE64: readonly string[] = ENCODED.map(({ needle }) => needle);

/** Base64 characters that are enough for the header, further fields and the first lines of a key. */
const NEAR = 80;

const REACH = 1200;

/** A kind of secret that is recognized by its text alone. */
export interface SecretText {
  /** With its article: `a GitHub token`. */
  readonly what: string;
  /** A private key, which no line can let into a package. */
  readonly isPrivateKey: boolean;
  /** Without a fixed form: its name and value make it likely. */
  readonly isGuess: boolean;
  /** Literal starts, which can be found quickly. */
  readonly needles: readonly string[];
  /** Whether the text after a needle makes it this secret. */
  isIt(hit: Hit): boolean;
}

/** Names before a 32-byte private or shared key: of WireGuard, Ethereum, NaCl, Tailscale. */
const RAW_KEY_NAMES = [
  ...['PrivateKey', 'privateKey', 'private_key', 'PRIVATE_KEY', 'private-key', 'privkey'],
  ...['PresharedKey', 'PreSharedKey', 'preshared_key'],
];

/** All secrets that are searched for by text. Of needles with the same start the longest comes first. */
export const SECRET_TEXTS: readonly SecretText[] = [
  key('a private key', ['-----BEGIN', '---- BEGIN '], isPrivateKeyText),
  key('a private key', HEADERS_IN_BASE64, isPrivateKeyInBase64),
  key('a private key', DER_IN_BASE64, isPrivateKeyDerInBase64),
  key('a private key', ENCODED_HEADERS, isEncodedPrivateKey),
  key('a private key', SPELLED_MARKS, isSpelledPrivateKey),
  key('a private key of OpenSSH', [OPENSSH_IN_BASE64], isOpenSshInBase64),
  key(
    'a private key of NATS',
    ['NKEY SEED-----'],
    then(/(?:\s|\\n|\\r){1,8}S[A-Z][A-Z2-7]{56}(?![A-Z2-7])/y),
  ),
  key('a private key of PuTTY', ['PuTTY-User-Key-File-'], isPuttyKey),
  key('a private key of age', ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], then(/[A-Z0-9]{50}/y)),
  key('a private key', RAW_KEY_NAMES, isRawKey),
  key('a private key (JWK)', ['kty'], isPrivateJwk),
  key('a private key in XML', ['KeyValue>', 'KeyValue&gt;'], isXmlKey),
  key('a private key of RSA', ['InverseQ'], isInverseQ),
  key('a private key of OpenVPN', ['BEGIN OpenVPN '], isOpenVpnKey),
  key('a private key of minisign or signify', ['untrusted comment:'], isCommentedKey),
  // "Ed", then the kind of encryption: "ScB2" of minisign, "BK" of signify.
  key('a private key of minisign or signify', ['RWRTY0Iy', 'RWRCS'], isSignifyKey),
  key('a sealed private key of Ethereum', ['ciphertext'], isEthereumStore),

  other('a shared access signature of Azure', ['sig='], isSharedAccessSignature),
  ...TOKEN_FORMS.map(token),
  other('a login of a container registry', ['"auth'], isRegistryLogin),
  other('a login of Maven', ['<server>'], isMavenLogin),
  guess(URL_PASSWORD, ['://'], isUrlPassword),
  guess('a login in a header of HTTP', ['Basic ', 'basic '], isBasicLogin),
  guess('a token in a header of HTTP', ['Bearer ', 'bearer '], isBearerToken),
  guess('a login of a database', ['@tcp(', '@unix('], isDriverLogin),
  guess('a login of a database', ['IDENTIFIED BY ', 'identified by '], isStatementLogin),
  guess('a login in a call', LOGIN_CALLS, isCallLogin),
  guess('a login in a command', ['sshpass -p', ' -u ', ' --user '], isFlagLogin),
  guess('a login in a command', LOGIN_COMMANDS, isCommandLogin),
  guess('a login in a command', ['sudo -S', 'chpasswd'], isPipedLogin),
  guess(CLEAR_PASSWORD, PASSWORD_NAMES, isClearPassword),
  guess(CLEAR_TOKEN, TOKEN_NAMES, isClearToken),
  other('a state of Terraform', ['"terraform_version"'], isTerraformState),
  // After Grafana's tokens, which have the same start.
  other(WEB_TOKEN, WEB_TOKEN_STARTS, isJsonWebToken),
  other(WEB_TOKEN, [ENCODED_WEB_TOKEN], isEncodedWebToken),
  guess(WEB_TOKEN, WEB_TOKEN_STARTS, isLikelyWebToken),
];

function key(
  what: string,
  needles: readonly string[],
  isIt: SecretText['isIt'] = () => true,
): SecretText {
  return { what, isPrivateKey: true, isGuess: false, needles, isIt };
}

function other(what: string, needles: readonly string[], isIt: SecretText['isIt']): SecretText {
  return { what, isPrivateKey: false, isGuess: false, needles, isIt };
}

function guess(what: string, needles: readonly string[], isIt: SecretText['isIt']): SecretText {
  return { ...other(what, needles, isIt), isGuess: true };
}

function token({ what, needles, rest, front, sample }: TokenForm): SecretText {
  const follows = then(rest, sample);
  const isIt = (hit: Hit): boolean => standsBehind(hit, front) && follows(hit);
  return other(what, needles, isIt);
}

function standsBehind(hit: Hit, front: RegExp | undefined): boolean {
  if (front === undefined) return !isInsideWord(hit);
  return front.test(hit.text.slice(Math.max(0, hit.at - 80), hit.at));
}

/** Matches `rest` after the needle; placeholders such as a row of x do not match. */
function then(rest: RegExp, sample?: RegExp): SecretText['isIt'] {
  return ({ text, end }) => {
    rest.lastIndex = end;
    const found = rest.exec(text)?.[0];
    return found !== undefined && !/^[xX*.-]+$/.test(found) && !sample?.test(found);
  };
}

interface Encoded {
  /** Characters that also contain bits of what precedes the header; any characters match. */
  readonly before: string;
  /** Characters that contain bits of the header only. */
  readonly needle: string;
}

/** Whether a hit of {@link HEADERS_IN_BASE64} starts a private key, as in a kubeconfig. */
function isPrivateKeyInBase64({ text, at, end }: Hit): boolean {
  const place = HEADERS_IN_BASE64.indexOf(text.slice(at, end));
  const before = ENCODED[place]?.before ?? '';
  const decoded = (reach: number): string => {
    const encoded = text.slice(at, at + reach).replace(/\\[nr]|[\s\\"']+/g, '');
    return Buffer.from(before + encoded, 'base64')
      .toString('latin1')
      .slice(place);
  };
  if (!decoded(NEAR).includes('PRIVATE ')) return false;
  const header = decoded(REACH);
  return isPrivateKeyText({ text: header, at: 0, end: HEADER.length });
}
