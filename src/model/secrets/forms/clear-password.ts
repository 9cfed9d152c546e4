import type { Hit } from './private-key-text.ts';
import { isMadeToken, isPlainPassword, isQuotedPassword } from './real-password.ts';
import { valueBehind } from './value-forms.ts';

/** What such a password is called in a finding. */
export const CLEAR_PASSWORD = 'a password in clear text';
/** The same for what programs show each other. */
export const CLEAR_TOKEN = 'a key or token in clear text';

/** In lower case, with a capital and in capitals; one character per byte of UTF-8, as texts are searched. */
function inEachCase(names: readonly string[]): string[] {
  const all = names.flatMap((name) => [
    name,
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    name.toUpperCase(),
  ]);
  return [...new Set(all.map((name) => Buffer.from(name, 'utf8').toString('latin1')))];
}

/**
 * What names end with whose value is a password: `MQTT_PASSWORD`, `spring.datasource.password`, `DB_PASS`, `wifi_psk`,
 * and the word in other languages. Of names that begin alike the longest comes first.
 */
export const PASSWORD_NAMES: readonly string[] = [
  ...inEachCase(['password', 'passwort', 'passwd', 'passphrase', 'passcode', 'pass']),
  ...inEachCase(['pwd', 'psk', '_pw', ' pw', '"pw', "'pw", 'kennwort', 'wachtwoord', 'senha']),
  ...inEachCase(['contraseña', 'contrasena', 'clave', 'mot_de_passe', 'motdepasse', 'lösenord']),
  ...inEachCase(['heslo', 'hasło', 'haslo', 'parola', 'şifre', 'sifre', 'пароль', 'salasana']),
  ...inEachCase([
    '密码',
    '密碼',
    '口令',
    'パスワード',
    '비밀번호',
    '암호',
    'kodeord',
    'adgangskode',
  ]),
  'motDePasse',
];

/** What names end with whose value a machine has made. */
export const TOKEN_NAMES: readonly string[] = [
  ...inEachCase(['secret_key', 'secretkey', 'secret-key', 'secret', 'token']),
  ...inEachCase(['api_key', 'apikey', 'api-key', 'access_key', 'access-key', 'accesskey']),
  ...inEachCase(['auth_key', 'authkey', 'app_key', 'appkey', 'signing_key', 'encryption_key']),
  ...['apiKey', 'ApiKey', 'APIKey', 'Api-Key', 'API-Key', 'accessKey', 'AccessKey', 'secretKey'],
  ...[
    'SecretKey',
    'authKey',
    'appKey',
    'AppKey',
    'signingKey',
    'encryptionKey',
    '令牌',
    '密钥',
  ].map((name) => Buffer.from(name, 'utf8').toString('latin1')),
];

/**
 * Whether a password in clear text stands behind a hit of {@link PASSWORD_NAMES}. Programs, documents and tests are full
 * of names, samples and hashes: only what nobody writes for one counts, and without quotes what is no name of a variable.
 */
export function isClearPassword(hit: Hit): boolean {
  const found = valueBehind(hit);
  if (found === null) return false;
  return found.isLiteral ? isQuotedPassword(found.value) : isPlainPassword(found.value);
}

const OF_EXCHANGES = /(?:shared|exporter|traffic|handshake)[-_]$/i;

/** The same for a hit of {@link TOKEN_NAMES}; a secret may be a password too. */
export function isClearToken(hit: Hit): boolean {
  const value = valueBehind(hit)?.value;
  if (value === undefined) return false;
  const { text, at, end } = hit;
  // What two sides of a key exchange make together, as the vectors of its tests have it.
  if (OF_EXCHANGES.test(text.slice(Math.max(0, at - 10), at))) return false;
  return isMadeToken(value) || (/secret$/i.test(text.slice(at, end)) && isPlainPassword(value));
}

const BEARER = /[ \t]{0,4}([\w+/.~-]{20,200}={0,2})(?![\w+/.~=-])/y;

/** Whether a token follows a hit of `Bearer ` (RFC 6750). */
export function isBearerToken({ text, end }: Hit): boolean {
  BEARER.lastIndex = end;
  return isMadeToken(BEARER.exec(text)?.[1] ?? '');
}
