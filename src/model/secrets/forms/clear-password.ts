import { isSampleWebToken } from './json-web-token.ts';
import type { Hit } from './private-key-text.ts';
import { isMadeToken, isPlainPassword, isQuotedPassword } from './real-values.ts';

/** The end of a name: `PASSWORD_2`, `password[]`, `"password"]`, `\"password\"`. */
const END = String.raw`_?\d{0,2}(?:\[\])?\\{0,4}["'${'`'}]?[\])]?`;

const OPENING = String.raw`\(?[rbuRBU]{0,2}\\{0,4}`;

const LITERAL = `${OPENING}(["'\`])([^\\s"'\`\\\\]{8,200})\\\\{0,4}\\1`;

const PLAIN = '[^\\s"\'`;&<>(),\\\\]{8,200}';

/** Fast check of the next character: most hits are part of a longer name. */
const MAY_FOLLOW = new RegExp(`${END}(?:[\\s:=,>|?!<]|or\\b)`, 'y');

/** `= "x"`, `: "x"`, `: str = "x"`, `string = "x"`, `=> 'x'`, `== "x"`; two groups for the quote, then the value. */
const ASSIGNED = new RegExp(
  `${END}(?:[ \\t]{0,8}(?::=|=>|={1,3}|!==?|:)|[ \\t]{0,4}:?[ \\t]{0,4}[A-Za-z&*][\\w&'<>.\\[\\]|? ]{0,40}=)[ \\t]{0,8}${LITERAL}`,
  'y',
);

/** `getenv("DB_PASSWORD", "x")`, `add_argument("--password", default="x")`. */
const NEXT_ARGUMENT = new RegExp(
  `["']\\s{0,4},\\s{0,40}(?:["']-\\w["'],\\s{0,8})?(?:[\\w.]{1,20}\\s?=\\s?[\\w.]{1,20},\\s{0,40}){0,3}(?:[\\w.]{1,20}\\s?=\\s?)?${LITERAL}`,
  'y',
);

/** The text before the first argument; without it, a list of words would match too. */
const FIRST_ARGUMENT = /\w\(\s{0,40}(?:["']-\w["'],\s{0,8})?["'][\w.:-]{0,64}$/;

/** `os.environ.get("PW") or "x"`, `process.env.PW || "x"`, `env.PW ?? "x"`. */
const OTHERWISE = new RegExp(`${END}[ \\t]{0,4}(?:\\|\\||\\?\\?|or)[ \\t]{0,4}${LITERAL}`, 'y');

/** `${PW:-x}` of a shell. */
const SHELL_DEFAULT = /()()(?::?[-=])["']?([^\s"'`{}]{8,200})["']?\}/y;

/** `name: DB_PASSWORD`, `value: x` below it or beside it, in YAML, JSON and attributes of XML. */
const VALUE_BESIDE =
  /\d{0,2}\\{0,4}["']?[ \t]{0,8}(?:,\s{0,60}|\s{1,60})\\{0,4}["']?(?:value|default|defaultValue|stringValue)\\{0,4}["']?[ \t]{0,4}[:=][ \t]{0,8}\\{0,4}(["']?)([^\s"'<>,]{8,200})\\{0,4}\1(?=[\s,}/>]|$)/y;

/** `<password>x</password>`, `<key>password</key><string>x</string>`. */
const ELEMENT =
  /()(?:[ \t][^<>\n]{0,80})?(?:>|<\/(?:key|name)>\s{0,40}<(?:string|value)>)\s{0,40}([^\s<>"]{8,200})\s{0,40}<\//y;

/** `password: >-`, then the value alone. */
const FOLDED =
  /()["']?[ \t]{0,8}:[ \t]{0,8}[>|][-+\d]{0,2}[ \t]{0,8}\r?\n[ \t]{1,40}([^\s]{8,200})[ \t]{0,8}(?=\r?\n|\.\.\.$|$)/y;

const LITERALS = [ASSIGNED, OTHERWISE, VALUE_BESIDE, ELEMENT, FOLDED] as const;

/** Up to the end of a line, or of a part of a URL, a command or a connection string. */
const UNQUOTED = new RegExp(
  `_?\\d{0,2}["']?[ \\t]{0,8}[:=][ \\t]{0,8}(${PLAIN})(?=[\\s;&"'\`,}]|\\\\|\\.\\.\\.$|$)`,
  'y',
);

/** `remote_password x`, `ENV DB_PASSWORD x`, `#define PASSWORD "x"`, `--password x`. */
const SPACED =
  /_?\d{0,2}[ \t]{1,40}(["']?)([^\s"'`;&<>(),\\=:]{8,200})\1(?=[ \t]{0,8}(?:[\r\n;]|$)|([ \t]))/y;

/** The text before such a name: a setting or a flag. */
const DIRECTIVE =
  /(?:^|\n)[ \t]{0,16}(?:(?:#[ \t]?define|ENV|ARG|setx?|export|setenv|-D)[ \t]{1,8})?[\w.:-]{0,64}$/;

const FLAG = /(?:^|\s)--?[\w-]{0,40}$/;

const STATEMENT = /\b(?:WITH|USER|ROLE|ENCRYPTED|with|user|role|encrypted)[ \t][^\n]{0,80}$/;

/** The name of such a password in a finding. */
export const CLEAR_PASSWORD = 'a password in clear text';

/** The name of such a key or token in a finding. */
export const CLEAR_TOKEN = 'a key or token in clear text';

/** Lower case, capitalized and upper case; one character per UTF-8 byte, the form in which texts are searched. */
function inEachCase(names: readonly string[]): string[] {
  const all = names.flatMap((name) => [
    name,
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    name.toUpperCase(),
  ]);
  return [...new Set(all.map((name) => Buffer.from(name, 'utf8').toString('latin1')))];
}

/**
 * Ends of names whose value is a password: `MQTT_PASSWORD`, `spring.datasource.password`, `DB_PASS`, `wifi_psk`, and
 * the word in other languages. Of names with the same start the longest comes first.
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

/** Ends of names whose value is generated. */
export const TOKEN_NAMES: readonly string[] = [
  ...inEachCase(['secret_key', 'secretkey', 'secret-key', 'secret', 'token']),
  ...inEachCase(['api_key', 'apikey', 'api-key', 'access_key', 'access-key', 'accesskey']),
  ...inEachCase(['auth_key', 'authkey', 'app_key', 'appkey', 'signing_key', 'encryption_key']),
  ...inEachCase(['psk', 'pre_shared_key', 'presharedkey', 'pre-shared-key']),
  ...['preSharedKey', 'PreSharedKey', 'Pre-Shared-Key'],
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
 * Whether a password in clear text follows a hit of {@link PASSWORD_NAMES}. Programs, documents and tests contain
 * many names, samples and hashes: a value counts only if it does not look like one, and without quotes only if it is
 * not a variable name.
 */
export function isClearPassword(hit: Hit): boolean {
  const found = valueBehind(hit);
  if (found === null) return false;
  return found.isLiteral ? isQuotedPassword(found.value) : isPlainPassword(found.value);
}

/** The shared secret of a key exchange, as in test vectors; what leads to the next page, or to one change. */
const NO_SECRET =
  /(?:(?:shared|exporter|traffic|handshake)[-_]|(?:next|page|continuation|change|request|action|lock|idempotency)[-_]?)$/i;

/** Names whose value may also be a password. */
const LIKE_PASSWORD = /(?:secret|shared[-_]?key)$/i;

/** Whether a token in clear text follows a hit of {@link TOKEN_NAMES}. */
export function isClearToken(hit: Hit): boolean {
  const value = valueBehind(hit)?.value;
  if (value === undefined || isSampleWebToken(value)) return false;
  const { text, at, end } = hit;
  if (NO_SECRET.test(text.slice(Math.max(0, at - 14), at))) return false;
  return isMadeToken(value) || (LIKE_PASSWORD.test(text.slice(at, end)) && isPlainPassword(value));
}

const BEARER = /[ \t]{0,4}([\w+/.~-]{20,200}={0,2})(?![\w+/.~=-])/y;

/** Whether a token follows a hit of `Bearer ` (RFC 6750). */
export function isBearerToken({ text, end }: Hit): boolean {
  BEARER.lastIndex = end;
  const value = BEARER.exec(text)?.[1] ?? '';
  return isMadeToken(value) && !isSampleWebToken(value);
}

/** A value after a name. */
interface NamedValue {
  readonly value: string;
  /** In quotes or markup, so it is not a variable name. */
  readonly isLiteral: boolean;
}

/** The value after a name, in source text, settings, markup, commands and URLs; null without one. */
function valueBehind(hit: Hit): NamedValue | null {
  const { text, end } = hit;
  if (!matches(MAY_FOLLOW, text, end)) return null;
  for (const form of LITERALS) {
    const value = captured(form, text, end);
    if (value !== null) return { value, isLiteral: form !== FOLDED && form !== VALUE_BESIDE };
  }
  const argument = captured(NEXT_ARGUMENT, text, end);
  if (argument !== null && FIRST_ARGUMENT.test(frontOf(hit)))
    return { value: argument, isLiteral: true };
  const plain = captured(SHELL_DEFAULT, text, end, 3) ?? captured(UNQUOTED, text, end, 1);
  return plain === null ? spacedValue(hit) : { value: plain, isLiteral: false };
}

function spacedValue(hit: Hit): NamedValue | null {
  SPACED.lastIndex = hit.end;
  const [, quote, value, goesOn] = SPACED.exec(hit.text) ?? [];
  if (value === undefined) return null;
  const front = frontOf(hit);
  const isStatement = quote !== '' && STATEMENT.test(front);
  const isSetting = goesOn === undefined && DIRECTIVE.test(front);
  if (!isStatement && !isSetting && !FLAG.test(front)) return null;
  return { value, isLiteral: quote !== '' };
}

function frontOf({ text, at }: Hit): string {
  return text.slice(Math.max(0, at - 120), at);
}

function matches(form: RegExp, text: string, at: number): boolean {
  form.lastIndex = at;
  return form.test(text);
}

function captured(form: RegExp, text: string, at: number, group = 2): string | null {
  form.lastIndex = at;
  return form.exec(text)?.[group] ?? null;
}
