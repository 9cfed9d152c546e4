import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { durationText } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';
import { fileWord } from '../../model/shell-word.ts';
import {
  type Credentials,
  type KeyFile,
  readSecret,
  type SecretFile,
  stampOf,
} from './credentials.ts';

/** RFC 7518, 3.3: the minimum key size in bits. */
const LEAST_BITS = 2048;

/** Lifetime of a signed token in milliseconds. */
const LIFETIME = 300_000;

/** A token is renewed when less than this is left, so that an upload over a slow connection starts with a new one. */
const RENEW_BEFORE = 120_000;

/** Clock and output of the authorizer; tests replace them. */
interface AuthorizerEffects {
  /** Milliseconds since 1970, this machine's clock. */
  readonly now: () => number;
  /** Prints a warning; each one only once. */
  readonly warn: (line: string) => void;
}

/** Resolves with the token for the next request. `ahead`: milliseconds by which the host's clock is ahead of ours. */
type Authorize = (ahead: number) => Promise<string>;

/**
 * Creates the function that returns tokens for a host; null when the host needs none. Nothing is read or signed before
 * the first request. The function throws exit 2 for unusable files and for expired tokens.
 */
export function authorizer(
  credentials: Credentials,
  { now, warn }: AuthorizerEffects,
): Authorize | null {
  const said = new Set<string>();
  const once = (line: string): void => {
    if (said.has(line)) return;
    said.add(line);
    warn(line);
  };
  switch (credentials.kind) {
    case 'none':
      return null;
    case 'token':
      return async () => ready(credentials.token.reveal(), 'KPLUGIN_TOKEN', now());
    case 'token-file':
      return fromFile(credentials.file, now, once);
    case 'key-file':
      return signing(credentials, now, once);
  }
}

type Once = (line: string) => void;

function fromFile(file: string, now: () => number, once: Once): Authorize {
  let last: SecretFile | null = null;
  return async () => {
    if (last === null || last.stamp !== (await stampOf(file, 'token file'))) {
      last = await readSecret(file, 'token file');
      if (last.shared) once(sharedText('token file', file));
    }
    return ready(last.text, file, now());
  };
}

function ready(text: string, origin: string, now: number): string {
  const token = usableToken(text, origin);
  const expiry = expiryOf(token);
  if (expiry === null || expiry > now) return token;
  throw new KpluginError({
    code: 'token-expired',
    exit: EXIT.usage,
    message: `the token in ${origin} ran out ${durationText(now - expiry)} ago`,
    reason: "that is what its exp says, by this machine's clock; nothing was sent",
    hint: 'get a new one, or let kplugin sign by itself: --key-file <private key>',
  });
}

/**
 * Extracts the token from a text, without white space around it. `Bearer` in front of it is kept: eKuiper takes the
 * whole header as the token (docs/ekuiper.md#tokens) and refuses that, but a gateway in front of it may want it. Throws
 * exit 2 when there is no token; the message never contains the text. `origin` names the file or variable.
 */
function usableToken(text: string, origin: string): string {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const scheme = /^Bearer(?=\s|$)/i.exec(trimmed)?.[0] ?? '';
  const token = trimmed.slice(scheme.length).trim();
  if (token === '') throw unusableToken(`${origin} holds no token`, 'it is empty');
  if (token.includes('-----BEGIN')) {
    throw unusableToken(
      `${origin} holds a key, not a token`,
      'a private key signs tokens and is never sent itself',
      'name it as a key: --key-file <file>',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw unusableToken(
      `${origin} holds more than a token`,
      'there are blanks or line breaks in it',
    );
  }
  return scheme === '' ? token : `Bearer ${token}`;
}

function unusableToken(message: string, reason: string, hint?: string): KpluginError {
  return new KpluginError({
    code: 'token-unusable',
    exit: EXIT.usage,
    message,
    reason,
    hint:
      hint ??
      'it must hold the token and nothing else; kplugin can also sign by itself: --key-file',
  });
}

/**
 * Expiry of a JWT in milliseconds since 1970; null when it has no `exp` or is not a JWT. The signature is not checked:
 * the host does that.
 */
function expiryOf(token: string): number | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = parseForeignJson(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return null;
    return typeof claims.exp === 'number' ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}

function signing(key: KeyFile, now: () => number, once: Once): Authorize {
  let last: { readonly token: Promise<string>; readonly until: number } | null = null;
  return (ahead) => {
    const time = now() + Math.max(0, ahead);
    if (last === null || last.until - time < RENEW_BEFORE) {
      const until = time + LIFETIME;
      last = { token: signed(key, until, once), until };
    }
    return last.token;
  };
}

async function signed(key: KeyFile, until: number, once: Once): Promise<string> {
  const { text, shared } = await readSecret(key.file, 'key file');
  if (shared) once(sharedText('key file', key.file));
  // Not every host accepts a token that kplugin signs.
  return signToken(text, key, until);
}

function sharedText(what: string, file: string): string {
  return `warning: others on this machine may read the ${what} ${file}: chmod 600 ${fileWord(file)}`;
}

/**
 * Signs a token that eKuiper accepts (RFC 7515, 7519): RS256, `iss` = the public key's file, `aud` = eKuiper, `exp`; no
 * `nbf`, which eKuiper compares without leeway (docs/ekuiper.md#tokens). `until`: expiry in milliseconds since 1970, by
 * the later of the two clocks.
 */
function signToken(pem: string, key: KeyFile, until: number): string {
  const signingKey = privateKey(pem, key.file);
  const claims = { iss: key.issuer, aud: key.audience, exp: Math.floor(until / 1000) };
  const text = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), signingKey).toString('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/**
 * Parses an RSA private key in PEM, PKCS#8 or PKCS#1. Throws exit 2 for anything else: eKuiper checks RS256 only
 * (docs/ekuiper.md#tokens). No message contains the key.
 */
function privateKey(pem: string, file: string): KeyObject {
  const key = parsedKey(pem, file);
  if (key.asymmetricKeyType !== 'rsa') {
    throw unusableKey(
      `${file} holds a key of the kind ${key.asymmetricKeyType ?? 'unknown'}`,
      'eKuiper checks tokens with RSA keys only (RS256)',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits >= LEAST_BITS) return key;
  throw unusableKey(
    `the key in ${file} has ${bits} bits`,
    `keys below ${LEAST_BITS} bits can be broken, so kplugin does not sign with them`,
  );
}

function parsedKey(pem: string, file: string): KeyObject {
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
    throw unusableKey(`${file} holds a public key`, 'tokens are signed with the private one');
  }
  if (/ENCRYPTED/.test(pem)) {
    throw unusableKey(
      `the key in ${file} is protected by a passphrase`,
      'kplugin asks for none, so that it also works in scripts',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's message does not help the user, and its error might contain parts of the key.
    throw unusableKey(
      `${file} holds no private key in PEM form`,
      'it must begin with -----BEGIN …',
    );
  }
}

function unusableKey(message: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'key-unusable',
    exit: EXIT.usage,
    message,
    reason,
    hint: 'kplugin host keygen <name>\n(makes a pair that works, and says where eKuiper wants the public key)',
  });
}
